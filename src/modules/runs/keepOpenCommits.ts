import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { keepCommit } from '../../platform/git/index.ts';
import { selectOldOpen } from './runStore.ts';

/** Git forgets nothing that is younger than two weeks. */
const oldAfterMs = 86_400_000;

/** Keeps the commits of runs that wait for long, for an approval or a runner: their branches may have moved on. */
export async function keepOpenCommits(
  { db, paths }: { readonly db: Db; readonly paths: DataPaths },
  now: Date,
): Promise<void> {
  for (const { repository_id, sha } of await selectOldOpen(db, new Date(now.getTime() - oldAfterMs))) {
    try {
      await keepCommit(paths.mirror(repository_id), sha);
    } catch (error) {
      // One that is gone already fails its jobs, which say so.
      if (!(error instanceof AppError)) throw error;
    }
  }
}
