import {
  type ResourceGroup,
  runInPlace,
  type SharedPlace,
  usualProcesses,
} from '../../../platform/processes/index.ts';
import { describeByteSize } from '../../../platform/text/byteSize.ts';
import { applyCommandFiles } from '../files/applyCommandFiles.ts';
import { type CommandFiles, makeCommandFiles, removeCommandFiles } from '../files/commandFiles.ts';
import { notWritten } from '../files/notWritten.ts';
import type { Execution, Job, StepRun } from '../job.ts';
import { describeExit } from '../shell/describeExit.ts';
import { environmentOf } from './environment.ts';
import { defaultPatience, never } from './patience.ts';
import { stepCommandsOf } from './stepCommands.ts';
import { describeStop } from './stepControl.ts';

/** A command of a step, when its files and its environment are known. */
export interface StepProcess {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Undefined: where the steps of the job run. */
  readonly place?: SharedPlace | undefined;
}

/**
 * Runs a process of a step to its end and takes what it wrote into its files. `prepare` answers the process, or
 * throws `AppError` if it cannot be run.
 */
export async function runProcess(
  run: StepRun,
  prepare: (files: CommandFiles, env: Readonly<Record<string, string>>) => Promise<StepProcess>,
): Promise<Execution> {
  const { job, step } = run;
  const files = await written(() => makeCommandFiles(job.host.directories.temporary));
  try {
    const env = environmentOf(job, step, run.env, files);
    const prepared = await written(() => prepare(files, env));
    return await runWithFiles(run, { ...prepared, env: { ...env, ...prepared.env } }, files);
  } finally {
    await removeCommandFiles(files);
  }
}

/** A full disk, or directories that a step before has ruined, fail the step and not the whole job. */
async function written<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw notWritten(error) ?? error;
  }
}

async function runWithFiles(
  run: StepRun,
  { place = run.job.place, ...process }: StepProcess & { readonly env: Readonly<Record<string, string>> },
  files: CommandFiles,
): Promise<Execution> {
  const { job, output, control } = run;
  const { host } = job;
  const commands = stepCommandsOf(run, process.env);
  output.commands = commands;
  const hitsBefore = job.group?.hits();
  job.commandCount += 1;
  const end = await runInPlace(place, {
    ...process,
    marker: `${host.marker}/${job.commandCount}`,
    onOutput: (chunk) => output.write(chunk),
    stop: control.stop,
    kill: host.kill ?? never,
    patience: host.patience ?? defaultPatience,
  });
  if ('lingering' in end) job.lingering.push(end.lingering);
  await output.endOfProcess();
  await applyCommandFiles(job, files, commands, output);
  await output.endOfProcess();
  if (end.kind === 'not_started') return { conclusion: 'failure', detail: end.message };
  if (control.reason !== null) {
    const conclusion = control.reason.kind === 'cancelled' ? 'cancelled' : 'failure';
    return { conclusion, detail: describeStop(control.reason) };
  }
  if (host.kill?.aborted) return { conclusion: 'cancelled', detail: 'killed' };
  if (end.kind !== 'exited' || end.code !== 0) {
    const words = [describeExit(end, output.tail), ...limitsHit(job, hitsBefore)];
    return { conclusion: 'failure', detail: words.join('; ') };
  }
  const [failure] = commands.failures;
  return failure === undefined
    ? { conclusion: 'success', detail: null }
    : { conclusion: 'failure', detail: failure };
}

/** Which limits of the job were hit since; the exit code of who hit one seldom says so. */
function limitsHit({ group, host }: Job, before: ReturnType<ResourceGroup['hits']> | undefined): string[] {
  if (group === undefined || before === undefined) return [];
  const now = group.hits();
  const { memoryBytes = 0, processes = usualProcesses } = host.limits;
  return [
    ...(now.memory > before.memory
      ? [`the job reached its limit of ${describeByteSize(memoryBytes)} of memory`]
      : []),
    ...(now.processes > before.processes ? [`the job reached its limit of ${processes} processes`] : []),
  ];
}
