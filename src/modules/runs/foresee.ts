import { AppError } from '../../platform/errors.ts';
import type { NextJobs } from '../../workflows/plan/index.ts';
import { type JobStanding, selectStandings } from './jobStore.ts';
import { selectPlan, selectRun } from './runStore.ts';
import { type RunRow, runStateOf } from './runs.ts';
import type { RunsContext } from './runsContext.ts';

/** What comes next in a run, of the state that it was in. */
export type Foreseen = { readonly of: string } & (
  | { readonly next: NextJobs }
  /** Nobody can say, for this reason. */
  | { readonly unplannable: string }
);

/** A state of a run, for comparison. */
export const stateKey = (run: RunRow, jobs: readonly JobStanding[]): string =>
  JSON.stringify([run.attempt, runStateOf(run, jobs)]);

/** Finds out what comes next, without any lock; null when the run has ended, or is gone. */
export async function foresee({ db, planner }: RunsContext, id: number): Promise<Foreseen | null> {
  const run = await selectRun(db, id);
  if (run === undefined || run.state === 'completed') return null;
  const [plan, jobs] = await Promise.all([selectPlan(db, id), selectStandings(db, id, run.attempt)]);
  if (plan === null) return null;
  const of = stateKey(run, jobs);
  const [told] = run.findings ?? [];
  if (told !== undefined) return { of, unplannable: told.message };
  try {
    return { of, next: await planner.next(plan, runStateOf(run, jobs)) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    return { of, unplannable: error.message };
  }
}
