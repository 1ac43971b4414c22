import type { Annotation } from '../../run/events.ts';
import type { Masks } from '../output/masks.ts';
import type { LineMatching, LinesAhead } from './lineMatching.ts';
import type { ProblemMatcher } from './problemMatcher.ts';

/** What the commands of all steps of a job share. */
export interface CommandState {
  readonly masks: Masks;
  readonly workspace: string;
  /** Where the file that is `path` for the steps lies for us. */
  readonly outside: (path: string) => string;
  readonly debug: boolean;
  echo: boolean;
  matchers: ProblemMatcher[];
  readonly matching: LineMatching;
}

/** What a command does to its step. */
export interface StepCommands {
  setOutput(name: string, value: string): void;
  saveState(name: string, value: string): void;
  setEnv(name: string, value: string): void;
  addPath(path: string): void;
  /** The environment of the step. */
  readonly env: Readonly<Record<string, string>>;
  /** A command could not be carried out: the step fails, whatever its exit code. */
  fail(message: string): void;
}

/** Where commands show what they have to say, and to whom they belong. */
export interface CommandOutput {
  line(text: string): void;
  message(annotation: Partial<Annotation> & Pick<Annotation, 'level' | 'message'>): void;
  error(message: string): void;
  warn(message: string): void;
  /** Of the process that writes at the moment. */
  readonly commands: StepCommands | undefined;
}

/** What looks at the lines of a step. */
export interface LineReader {
  readonly wantsLines: boolean;
  /** What to do with a line instead of showing it, or null. `ahead` is at it; null while lines are not wanted. */
  take(line: string, ahead: LinesAhead | null): (() => void) | null;
}
