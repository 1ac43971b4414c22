import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { assertMayRun } from './findRun.ts';
import { carryJobs, selectJobs } from './jobStore.ts';
import { keptJobs, type RerunWish } from './keptJobs.ts';
import { lockRun, reopenRun, selectPlan } from './runStore.ts';
import { type RunRow, runName } from './runs.ts';

/**
 * Runs the jobs of a run again, as a new attempt: what was planned then, at the same commit. What is not to run again
 * keeps its result. The attempts before stay as they were.
 */
export async function rerunRun(tx: Tx, now: Date, actor: Actor, run: RunRow, wish: RerunWish): Promise<void> {
  await assertMayRun(tx, actor, run.repository);
  const lock = await lockRun(tx, run.id);
  const subject = runName(run);
  if (lock === undefined) throw new AppError('not_found', `${subject} is gone`);
  if (lock.run.state !== 'completed')
    throw new AppError(
      'invalid_transition',
      `${subject} has not ended; cancel it first: slipway run cancel ${run.id}`,
    );
  const plan = await selectPlan(tx, run.id);
  if (plan === null)
    throw new AppError(
      'conflict',
      `${subject} could not be planned, and never will at this commit: push one that is right`,
    );
  const jobs = await selectJobs(tx, run.id, lock.run.attempt);
  const kept = keptJobs(plan, jobs, wish);
  const attempt = lock.run.attempt + 1;
  await reopenRun(lock, attempt, actor.name);
  await carryJobs(tx, now, kept, attempt);
  await audit(tx, now, actor, 'run.rerun', subject, { attempt, ...wish });
  const data = { run: run.id, repository: run.repository, sha: run.sha, attempt };
  await appendEvent(tx, now, { kind: 'run.created', subject, actor: actor.name, data });
}
