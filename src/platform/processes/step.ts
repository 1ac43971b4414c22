import type { StepPlace } from './stepPlace.ts';

/** How a step's processes are kept together. `auto` takes the best that this machine can do. */
export type IsolationChoice = 'namespace' | 'process-group' | 'auto';

/** The environment variable that a step's processes carry, by which a leftover is found. */
export const markerVariable = 'SLIPWAY_STEP';

/** What to run, and within which bounds. */
export interface StepSpec {
  argv: readonly string[];
  /** Absolute. */
  cwd: string;
  /** The whole environment (nothing is inherited), to which only the marker is added. */
  env: Readonly<Record<string, string>>;
  /**
   * Takes standard output and standard error as they come, in the order they were written. While the promise
   * that it may answer is pending, the step is held up: its writes block, and its silence is not counted.
   */
  onOutput: (chunk: Buffer) => Promise<void> | undefined;
  /** The longest that the step may take. */
  timeoutMs: number;
  /** The longest that it may write nothing. */
  silenceMs: number;
  /** From TERM to KILL. */
  graceMs?: number;
  cancel: AbortSignal;
  isolation?: IsolationChoice;
  /** Names the step on this machine: begins with the runner's own prefix, for `killMarked`. */
  marker: string;
  /** Of `StepPlaces`, for the same isolation and marker. The step takes it over, whatever comes of it. */
  place?: StepPlace | undefined;
}

/** How the main process ended by itself. */
export type MainExit = { kind: 'exited'; code: number } | { kind: 'signalled'; signal: NodeJS.Signals };

/** Why the step was ended from outside. */
export type Stop = { kind: 'cancelled' } | { kind: 'timed_out'; limit: 'total' | 'silence'; afterMs: number };

/**
 * How a step ended. `unkilled` is there only when processes withstood KILL for seconds: stuck in the kernel, or
 * running as another user.
 */
export type StepResult = (MainExit | Stop | { kind: 'not_started'; message: string }) & {
  unkilled?: readonly number[];
};
