import { Command, type Help } from 'commander';
import { type AnyCommand, type CommandSpec, type Example, isGroup } from './command.ts';
import { type CommandSection, firstWordAt } from './loadCommands.ts';
import type { Style } from './output/terminal.ts';

export interface ProgramContext {
  readonly version: string;
  readonly json: boolean;
  paint(style: Style | readonly Style[], text: string): string;
  writeOut(text: string): void;
  writeErr(text: string): void;
  /** Runs a command with its parsed options and arguments. */
  execute(spec: CommandSpec, options: object, args: string[]): Promise<void>;
}

/** The command line, with the commands that are given. */
export function buildProgram(context: ProgramContext, sections: readonly CommandSection[]): Command {
  const program = new Command('slipway')
    .description('From commit to healthy production, and back.')
    .version(`slipway ${context.version}`, '-V, --version', 'print the version')
    .option('--json', 'print JSON, and nothing else')
    .option('--times', 'exact times instead of "5 min ago"')
    .option('--url <address>', 'which Slipway to talk to (SLIPWAY_URL)')
    .helpOption('-h, --help', 'help, with examples')
    .exitOverride()
    .configureOutput({
      writeOut: context.writeOut,
      writeErr: context.json ? () => {} : context.writeErr,
      outputError: (text) => context.json || context.writeErr(text.replace(/^error: /, 'slipway: ')),
    })
    .configureHelp(helpStyle(context))
    .addHelpText('after', `\n${examplesText(overviewExamples, context)}`)
    .addHelpText('after', environmentText(context));
  for (const { title, commands } of sections) {
    program.commandsGroup(`${title}:`);
    for (const command of commands) addCommand(program, command, context);
  }
  program.commandsGroup('Help:');
  program.helpCommand('help [command]', 'help of a command, with examples');
  return program;
}

/**
 * A group alone means its first command (`repos` is `repos list`), also when arguments follow that are no command
 * of it and the first one takes some (`checks harbor 3f2a9c1d`).
 */
export function withDefaultVerb(program: Command, argv: readonly string[]): string[] {
  const at = firstWordAt(argv);
  const group = program.commands.find((command) => command.name() === argv[at]);
  const [first] = group?.commands ?? [];
  if (group === undefined || first === undefined) return [...argv];
  const next = argv[at + 1];
  if (next === '-h' || next === '--help' || group.commands.some((command) => command.name() === next))
    return [...argv];
  const isOption = next === undefined || next.startsWith('-');
  if (!isOption && first.registeredArguments.length === 0) return [...argv];
  return [...argv.slice(0, at + 1), first.name(), ...argv.slice(at + 1)];
}

const overviewExamples: readonly Example[] = [
  ['slipway status', 'what is live where'],
  ['slipway deploy harbor staging --follow', 'ship the default ref, and watch'],
  ['slipway why harbor/production', 'why is the newest deploy not moving?'],
  ['slipway rollback harbor production', 'back to the last good release'],
];

function addCommand(parent: Command, command: AnyCommand, context: ProgramContext): void {
  if (!isGroup(command)) {
    addLeaf(parent, command, context);
    return;
  }
  const group = parent.command(command.name).description(command.summary).helpCommand(false);
  group.addHelpText('after', `\n${examplesText(command.examples, context)}`);
  for (const spec of command.commands) addLeaf(group, spec, context);
}

function addLeaf(parent: Command, spec: CommandSpec, context: ProgramContext): void {
  const command = parent.command(spec.name, { hidden: spec.hidden === true }).summary(spec.summary);
  command.description(spec.details === undefined ? spec.summary : `${spec.summary}\n\n${spec.details}`);
  for (const option of spec.options ?? []) command.addOption(option);
  command.addHelpText('after', `\n${examplesText(spec.examples, context)}`);
  command.showHelpAfterError(`Examples: ${pathOf(command)} --help`);
  command.action(async (...received: unknown[]) => {
    const args = received.slice(0, -2).flat() as string[];
    await context.execute(spec, command.optsWithGlobals(), args);
  });
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function examplesText(examples: readonly Example[], { paint }: ProgramContext): string {
  const width = Math.max(...examples.map(([command]) => command.length));
  const lines = examples.map(
    ([command, meaning]) => `  ${paint('cyan', command)}${' '.repeat(width - command.length)}  ${meaning}`,
  );
  return [paint('bold', 'Examples:'), ...lines].join('\n');
}

function environmentText({ paint }: ProgramContext): string {
  return `
${paint('bold', 'A deploy')} is written harbor/staging#12; harbor/staging means the newest one there.
${paint('bold', 'Exit codes:')} 0 done; 2 wrong usage, not found, unreachable; 3 blocked; 4 the deploy failed; 130 Ctrl-C.
${paint('bold', 'Environment:')} SLIPWAY_URL, SLIPWAY_TOKEN, SLIPWAY_DATA_DIR, NO_COLOR, FORCE_COLOR.`;
}

function helpStyle({ paint }: ProgramContext): Partial<Help> {
  return {
    showGlobalOptions: true,
    styleTitle: (text) => paint('bold', text),
    subcommandTerm: (command) => termOf(command),
  };
}

/** How a command is listed: with its arguments, in capitals. */
function termOf(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.name().toUpperCase();
    return argument.required ? name : `[${name}]`;
  });
  return [command.name(), ...args].join(' ');
}
