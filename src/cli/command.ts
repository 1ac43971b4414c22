import type { Option } from 'commander';
import type { Client } from '../contract/client.ts';
import type { Connection } from './connection/connect.ts';
import type { ExitCode } from './exitCodes.ts';
import type { Interrupts } from './interrupts.ts';
import type { Output } from './output/output.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly times?: boolean;
}

/** What a command works with. */
export interface Run<Options extends object = object> {
  readonly options: Options & CommonOptions;
  readonly out: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly interrupts: Interrupts;
  /** The commands that a line may mean: the one that it calls, or all there are. */
  commands(line: readonly string[]): Promise<readonly AnyCommand[]>;
  now(): Date;
  /** The client of the chosen Slipway, found at the first call. */
  client(): Promise<Client>;
  /** Which Slipway is talked to. Looks anew each time: one that restarts may come back elsewhere. */
  connect(): Promise<Connection>;
}

/** A command line and what it does. */
export type Example = readonly [command: string, meaning: string];

export interface CommandSpec<Options extends object = object> {
  /** Its name with its arguments, as commander reads them: `show <deploy>`. */
  readonly name: string;
  readonly summary: string;
  /** What the summary leaves out. */
  readonly details?: string;
  /** Not listed in the help. */
  readonly hidden?: boolean;
  readonly options?: readonly Option[];
  readonly examples: readonly [Example, ...Example[]];
  /** Answers the exit code; nothing means that all went well. */
  readonly run: (run: Run<Options>, ...args: string[]) => Promise<ExitCode | undefined>;
}

/** A command, or the common name of several. */
export type AnyCommand = CommandSpec | CommandGroup;

export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly [Example, ...Example[]];
  /** The first is meant when none is named. */
  readonly commands: readonly [CommandSpec, ...CommandSpec[]];
}

/** Defines a command. `Options` must say what the options yield; commander fills them in as they are declared. */
export function defineCommand<Options extends object = object>(spec: CommandSpec<Options>): CommandSpec {
  return { ...spec, run: (run, ...args) => spec.run(run as Run<Options>, ...args) };
}

export const isGroup = (command: AnyCommand): command is CommandGroup => 'commands' in command;
