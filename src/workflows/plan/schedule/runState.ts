import type { Conclusion, JobResult, JobSpec } from '../jobSpec.ts';

/** What happened in a run so far: JSON, so that a server can keep it. */
export interface RunState {
  /** By key: of jobs that were started or skipped. */
  readonly jobs: Readonly<Record<string, JobState>>;
  /** Somebody cancelled the run. */
  readonly cancelled: boolean;
  /** By key: calls that were cancelled, and why, while the run goes on. */
  readonly cancelledCalls?: Readonly<Record<string, string>>;
}

export type JobState = { readonly state: 'running' } | ({ readonly state: 'ended' } & JobResult);

/** What is to do now. All of it is to be recorded (`recordNext`) before `nextJobs` is asked again. */
export interface NextJobs {
  readonly start: readonly JobSpec[];
  /** These end without having run. */
  readonly skip: readonly SkippedJob[];
  /** These run, and must be cancelled; named again until they have ended. */
  readonly cancel: readonly { readonly key: string; readonly reason: string }[];
  /** Of the whole run, when nothing is left to do. */
  readonly conclusion: Conclusion | null;
}

export interface SkippedJob {
  readonly key: string;
  readonly path: string;
  readonly name: string;
  /** `failure`: it could not be started, as when its matrix is no JSON. */
  readonly conclusion: 'skipped' | 'cancelled' | 'failure';
  readonly reason: string;
  /** Its condition as it was written, and what it was made of. */
  readonly condition: string | null;
  /** What it needs failed or was cancelled: it was not skipped by its own condition. */
  readonly blocked: boolean;
}

export const newRun: RunState = { jobs: {}, cancelled: false };

/** The state after what `nextJobs` said was done. */
export function recordNext(state: RunState, next: NextJobs): RunState {
  const jobs = { ...state.jobs };
  for (const { key } of next.start) jobs[key] = { state: 'running' };
  for (const { key, conclusion } of next.skip) jobs[key] = { state: 'ended', conclusion, outputs: {} };
  return { ...state, jobs };
}

/** The state after a job has ended. */
export function recordResult(state: RunState, key: string, result: JobResult): RunState {
  return { ...state, jobs: { ...state.jobs, [key]: { state: 'ended', ...result } } };
}

/** The state after a call was cancelled, as when a newer one has its concurrency group. */
export function recordCallCancellation(state: RunState, key: string, reason: string): RunState {
  return { ...state, cancelledCalls: { ...state.cancelledCalls, [key]: reason } };
}

/** The state after somebody cancelled the run. */
export function recordCancellation(state: RunState): RunState {
  return { ...state, cancelled: true };
}
