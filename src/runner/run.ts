import type { Assignment, LeaseState, Outcome, RunnerGateway } from '../contract/runner.ts';
import { AppError } from '../platform/errors.ts';
import type { LogWriter } from '../platform/logfiles/index.ts';
import type { IsolationChoice } from '../platform/processes/index.ts';
import { persistently } from './persistently.ts';
import type { WorkPlace } from './runner.ts';
import { Stop } from './stop.ts';

export interface RunContext extends WorkPlace {
  readonly gateway: RunnerGateway;
  readonly isolation: IsolationChoice;
  readonly inherited: Readonly<Record<string, string>>;
}

/** A deploy that is being run. */
export interface Run extends RunContext {
  readonly assignment: Assignment;
  readonly log: LogWriter;
}

/** Lines of Slipway's own; bold, so that they stand out of what the steps print. */
export function say({ log }: Run, text: string): void {
  // Written in order; `flush` and `close` wait for it.
  void log.line(`\u001b[1m${text}\u001b[0m`, new Date());
}

/** How much of its time the deploy has left; never less than a millisecond. */
export const msLeft = ({ startedAt, config }: Assignment): number =>
  Math.max(1, startedAt.getTime() + config.timeout_seconds * 1000 - Date.now());

/** What is said of a deploy that reached its limit. */
export const tookTooLong = ({ config }: Assignment): string =>
  `the deploy took longer than its limit of ${config.timeout_seconds} s`;

/** Reports until it is heard. Throws `Stop` when the lease is lost: the deploy is another's then. */
export async function report(run: Run, tell: () => Promise<LeaseState>): Promise<LeaseState> {
  if (run.signal.reason instanceof Stop && run.signal.reason.kind === 'lost') throw run.signal.reason;
  const state = await persistently(run.signal, tell);
  if (state.kind === 'lost') throw new Stop('lost', 'the lease was lost');
  return state;
}

/** What an error, or the order to stop, makes of the deploy; undefined when nothing may be reported any more. */
export function outcomeOf(
  error: unknown,
  { signal, assignment }: Pick<Run, 'signal' | 'assignment'>,
): Outcome | undefined {
  const reason = signal.aborted ? signal.reason : error;
  if (reason instanceof Stop) {
    if (reason.kind === 'lost') return undefined;
    const seconds = Math.round((Date.now() - assignment.startedAt.getTime()) / 1000);
    const result = `${reason.message} after ${seconds} s`;
    return { state: reason.kind === 'cancelled' ? 'cancelled' : 'failed', result };
  }
  if (error instanceof AppError) return { state: 'failed', result: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'failed', result: `Slipway could not run it: ${message}` };
}
