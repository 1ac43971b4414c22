import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Option } from 'commander';
import { ApiError } from '../contract/client.ts';
import { type Plan, planChanges } from '../contract/provisioning.ts';
import {
  configurationText,
  maxFileBytes,
  readConfigurationFile,
  referenceValues,
} from '../modules/configuration/index.ts';
import { AppError } from '../platform/errors.ts';
import type { Run } from './command.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { showPlan } from './views/plan.ts';

/** Options of everything that plans or applies a file. */
export interface PlanOptions {
  readonly prune?: boolean;
  readonly replace?: boolean;
  readonly as?: string;
}

export const planOptions = [
  new Option('--prune', 'delete projects and teams that this file created earlier and no longer names'),
  new Option(
    '--as <name>',
    'the name under which it creates them, when several files share theirs (default: the name of the file)',
  ),
  new Option('--replace', 'delete and create a project whose id changes, instead of renumbering it'),
];

/** A file as the server takes it: its references are those of this shell's environment and of this machine's files. */
export async function fileBody(run: Run<PlanOptions>, file: string) {
  const { text, name } = await readFileArgument(run, file);
  const { prune = false, replace = false, as } = run.options;
  if (prune && as === undefined) assertNamed(file, name);
  const values = await referenceValues(text, run.env);
  return { text, file: name, values, prune, replace, ...(as === undefined ? {} : { created_as: as }) };
}

/** Two pipes have the same name, and one would delete what the other created. */
function assertNamed(file: string, name: string): void {
  if (file !== '-' && !/^\/(dev|proc)\//.test(file)) return;
  const message = `--prune deletes what a file of the same name created, and ${name} is no name of a file. Give it one, always the same: --as NAME`;
  throw new AppError('invalid_input', message);
}

/** The file that a command line names; `-` is standard input, and a pipe is what `<(command)` names in a shell. */
export async function readFileArgument(run: Run, file: string): Promise<{ text: string; name: string }> {
  if (file === '-') return { text: await readStream(run.stdin, 'stdin'), name: 'stdin' };
  if (await isPipe(file)) return { text: await readStream(createReadStream(file), file), name: file };
  return { text: await readConfigurationFile(file), name: file };
}

/** What is no file at all is found, and told, by who reads it. */
const isPipe = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFIFO(),
    () => false,
  );

/** No more is read than could be valid: a stream may never end. */
async function readStream(stream: Readable, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size <= maxFileBytes) continue;
    throw new AppError(
      'payload_too_large',
      `${name} has more than ${maxFileBytes} bytes; at most that many are read`,
    );
  }
  return configurationText(Buffer.concat(chunks), name);
}

/** What a plan's exit code tells: 4 there is something to do, 3 nothing but what must be skipped, 0 nothing. */
export function planned(run: Run, plan: Plan): ExitCode {
  run.out.show(plan, () => showPlan(run.out, plan, 'future'));
  if (planChanges(plan)) return exitCodes.failed;
  return plan.counts.skip > 0 ? exitCodes.blocked : exitCodes.done;
}

/** What was done; 3 when something was skipped. */
export function applied(run: Run, plan: Plan): ExitCode {
  run.out.show(plan, () => showPlan(run.out, plan, 'past'));
  return plan.counts.skip > 0 ? exitCodes.blocked : exitCodes.done;
}

/** The problems of a file stay one a line, each beginning with its place, as editors read them. */
export function withHeading(error: unknown, file: string): unknown {
  const problems = error instanceof ApiError ? error.problem.details.problems : undefined;
  if (!(error instanceof ApiError) || !Array.isArray(problems)) return error;
  const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  const detail = `${file} has ${count}; nothing was written\n${error.problem.detail}`;
  return new ApiError({ ...error.problem, detail });
}
