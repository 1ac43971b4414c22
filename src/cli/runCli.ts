import { CommanderError } from 'commander';
import { ApiError, type Client } from '../contract/client.ts';
import { packageVersion } from '../platform/version.ts';
import type { CommandSpec, CommonOptions, Run } from './command.ts';
import type { Connection } from './connection/connect.ts';
import { type ExitCode, exitCodeOfProblem, exitCodes } from './exitCodes.ts';
import { catchInterrupts, type Interrupts } from './interrupts.ts';
import { commandsFor } from './loadCommands.ts';
import { createOutput } from './output/output.ts';
import { plainText, safeJson } from './output/plainText.ts';
import { openTerminal, type Terminal } from './output/terminal.ts';
import { withLocalTimes } from './output/time.ts';
import { detailOf, Interrupted, problemOf } from './problem.ts';
import { buildProgram, type ProgramContext, withDefaultVerb } from './program.ts';

/** Runs one command line. Answers its exit code; all that had to be said is said. */
export async function runCli(process: NodeJS.Process, argv: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal(process);
  const json = argv.slice(0, endOfOptions(argv)).includes('--json');
  const interrupts = catchInterrupts(process);
  endQuietlyWithoutReader(process);
  let code: ExitCode = exitCodes.done;
  const context: ProgramContext = {
    version: packageVersion(),
    json,
    paint: terminal.paint,
    writeOut: (text) => void terminal.stdout.write(text),
    writeErr: (text) => void terminal.stderr.write(text),
    execute: async (spec, options, args) => {
      code = (await execute(spec, options, args, { process, terminal, interrupts })) ?? exitCodes.done;
    },
  };
  try {
    const program = buildProgram(context, await commandsFor(argv));
    await program.parseAsync(withDefaultVerb(program, argv), { from: 'user' });
    return code;
  } catch (error) {
    return report(error, terminal, json, process.env);
  }
}

const endOfOptions = (argv: readonly string[]): number =>
  argv.includes('--') ? argv.indexOf('--') : argv.length;

/** `slipway deploys | head` is no error. */
function endQuietlyWithoutReader(process: NodeJS.Process): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(exitCodes.done);
    });
  }
}

async function execute(
  spec: CommandSpec,
  options: CommonOptions,
  args: string[],
  context: { process: NodeJS.Process; terminal: Terminal; interrupts: Interrupts },
): Promise<ExitCode | undefined> {
  const { process, terminal, interrupts } = context;
  const json = options.json === true;
  const times = { now: new Date(), exact: options.times === true };
  let client: Client | undefined;
  let connection: Connection | undefined;
  const open = async () => {
    const { connect } = await import('./connection/connect.ts');
    const { plainClient } = await import('./connection/plainClient.ts');
    connection = await connect(options.url, process.env);
    return json ? connection : { ...connection, client: plainClient(connection.client) };
  };
  const run: Run = {
    options,
    out: createOutput(terminal, { json, times }),
    env: process.env,
    stdin: process.stdin,
    interrupts,
    commands: async (line) => (await commandsFor(line)).flatMap((section) => section.commands),
    now: () => new Date(),
    connect: open,
    client: async () => {
      client ??= (await open()).client;
      return client;
    },
  };
  try {
    return await spec.run(run, ...args);
  } catch (error) {
    throw adviseSignIn(error, connection);
  }
}

/** A token that was kept by `slipway login` and no longer works takes a new sign-in. */
function adviseSignIn(error: unknown, connection: Connection | undefined): unknown {
  if (connection?.origin !== 'profile' || !(error instanceof ApiError)) return error;
  if (error.problem.code !== 'unauthenticated') return error;
  const detail = `you are no longer signed in to ${connection.url}. Sign in again: slipway login ${connection.url}`;
  return new ApiError({ ...error.problem, detail });
}

function report(error: unknown, terminal: Terminal, json: boolean, env: NodeJS.ProcessEnv): ExitCode {
  if (error instanceof Interrupted) {
    if (error.message !== '') terminal.stderr.write(`${error.message}\n`);
    return exitCodes.interrupted;
  }
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  const problem = problemOf(error);
  if (problem === undefined) return reportFault(error, terminal, env);
  if (json) terminal.stderr.write(`${safeJson(problem, 2)}\n`);
  // Commander has told people already.
  else if (!(error instanceof CommanderError)) {
    const request = problem.code === 'internal' ? ` (request ${problem.request_id})` : '';
    terminal.stderr.write(
      `${terminal.paint('red', 'slipway:')} ${withLocalTimes(plainText(detailOf(problem)))}${request}\n`,
    );
  }
  return exitCodeOfProblem(problem.code);
}

function reportFault(error: unknown, terminal: Terminal, env: NodeJS.ProcessEnv): ExitCode {
  const told = env.SLIPWAY_DEBUG && error instanceof Error ? error.stack : String(error);
  terminal.stderr.write(
    `slipway: this is a fault of the slipway command (SLIPWAY_DEBUG=1 tells more): ${told}\n`,
  );
  return exitCodes.refused;
}
