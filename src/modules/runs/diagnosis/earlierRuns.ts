import type { FailingSince } from '../../../contract/runTests.ts';
import type { Queryable } from '../../../platform/db/database.ts';
import { repositoryById } from '../../repositories/index.ts';
import { type RunRow, runName } from '../runs.ts';
import { selectEarlierRuns } from './testStore.ts';

/** So many runs of the default branch are looked back. */
const lookBack = 100;

export type EarlierRun = Awaited<ReturnType<typeof selectEarlierRuns>>[number];

/** Runs of the same workflow on the default branch that tell what fails there too. */
export interface EarlierRuns {
  readonly branch: string;
  /** Newest first. */
  readonly runs: readonly EarlierRun[];
}

export async function earlierRunsOf(db: Queryable, run: RunRow): Promise<EarlierRuns> {
  const { default_branch } = await repositoryById(db, run.repository_id);
  const branch = default_branch ?? 'main';
  return { branch, runs: await selectEarlierRuns(db, run, `refs/heads/${branch}`, lookBack) };
}

export function presentSince(run: RunRow, branch: string, since: EarlierRun | null): FailingSince | null {
  if (since === null) return null;
  const { id, number, sha, title, created_at } = since;
  return { branch, run_id: id, run: runName({ ...run, number }), sha, title, at: created_at.toISOString() };
}
