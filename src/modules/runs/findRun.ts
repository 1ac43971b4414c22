import type { Actor } from '../../platform/actor.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { assertMayWorkOn, findRepository } from '../repositories/index.ts';
import { selectJobAndRun } from './jobStore.ts';
import { selectRun, wasRun } from './runStore.ts';
import type { JobRow, RunRow } from './runs.ts';

/** The run of that id. */
export async function findRun(db: Queryable, id: number): Promise<RunRow> {
  const run = await selectRun(db, id);
  if (run !== undefined) return run;
  const message = (await wasRun(db, id))
    ? `run ${id} is gone: runs that nothing needs any more are removed (SLIPWAY_RUN_DAYS), and those of removed repositories`
    : `there is no run ${id}; slipway runs lists them`;
  throw new AppError('not_found', message);
}

/** The job of that id, and its run. */
export async function findJob(db: Queryable, id: number): Promise<{ job: JobRow; run: RunRow }> {
  const found = await selectJobAndRun(db, id);
  if (found === undefined)
    throw new AppError('not_found', `there is no job ${id}; slipway run show lists those of a run`);
  return found;
}

/** Throws unless `actor` may start, cancel and repeat what a repository runs: who may deploy what is built from it. */
export async function assertMayRun(db: Queryable, actor: Actor, repository: string): Promise<void> {
  assertMayWorkOn(actor, await findRepository(db, repository), 'start or stop runs');
}
