import { join } from 'node:path';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { SurveyedWorkflow } from '../../workflows/commit/index.ts';
import { repositoryById } from '../repositories/index.ts';
import { markHeeded, selectUnheeded, type UnheededBranch } from './heedStore.ts';
import { groundOf, type RunsContext } from './runsContext.ts';
import { recordSchedules } from './schedules.ts';

const atOnce = 20;

/**
 * Asks the workflows of default branches what they want to be started by, besides pushes, where no push does that: after
 * the first fetch of a repository, when another branch became the default one, when a job pushed to it, and after an
 * upgrade. Nothing is started by it.
 */
export async function heedDefaultBranches(context: RunsContext): Promise<void> {
  const failures: unknown[] = [];
  for (const branch of await selectUnheeded(context.db, atOnce))
    await heed(context, branch).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function heed(context: RunsContext, { repository_id: id, ref, sha }: UnheededBranch): Promise<void> {
  const repository = await repositoryById(context.db, id);
  const ground = await groundOf(context, repository, join(context.paths.actions, '.laid-out'));
  const about = {
    event: 'push',
    ref,
    sha,
    before: null,
    actor: '',
    payload: null,
    inputs: {},
    trusted: true,
  };
  const surveyed = await context.planner.survey(ground, about).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    // What cannot be read now cannot be read later. A push that is planned says so.
    return null;
  });
  await context.db.transaction(async (tx) => {
    if (surveyed === null) await markHeeded(tx, id, sha);
    else await recordWishes(tx, context.now(), { repositoryId: id, sha, surveyed });
  });
}

/** Records what the workflows of the default branch want to be started by: schedules, and runs of others. */
export async function recordWishes(
  tx: Tx,
  now: Date,
  branch: { repositoryId: number; sha: string; surveyed: readonly SurveyedWorkflow[] },
): Promise<void> {
  const { repositoryId, sha, surveyed } = branch;
  await recordSchedules(tx, now, repositoryId, surveyed);
  const awaited = new Set(surveyed.flatMap(({ awaitedRuns }) => awaitedRuns));
  await markHeeded(tx, repositoryId, sha, [...awaited].sort());
}
