import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { endSync } from '../../platform/git/index.ts';
import { removeLog } from '../../platform/logfiles/index.ts';
import { namesIn } from '../../platform/missing.ts';
import { type DeletedRow, forgetDeleted, selectDeleted } from './deletionStore.ts';

/** A push or an upload that had begun may still put something there; none lasts so long. */
const watchedMs = 24 * 3_600_000;

/**
 * Removes what lies on the disk of deleted repositories: mirrors, caches, logs and artifacts of their runs. Again each
 * time for a day, since what was under way may put something there after the first.
 */
export async function sweepDeleted(
  { db, now, paths }: { readonly db: Db; readonly now: () => Date; readonly paths: DataPaths },
  signal: AbortSignal,
): Promise<void> {
  for (const deleted of await selectDeleted(db)) {
    if (signal.aborted) return;
    const isLastTime = now().getTime() - deleted.deleted_at.getTime() > watchedMs;
    await removeFiles(paths, deleted);
    if (isLastTime) await forgetDeleted(db, deleted.id);
  }
}

async function removeFiles(paths: DataPaths, { id, run_ids, job_ids }: DeletedRow): Promise<void> {
  const mirror = paths.mirror(id);
  await endSync(mirror);
  for (const directory of await withBesides(mirror)) await removeAll(directory);
  await removeAll(paths.caches(id));
  for (const run of run_ids) await removeAll(paths.artifacts(run));
  for (const job of job_ids) await removeLog(paths.jobLog(job));
}

/** The mirror, and what was being built beside it (`7.git.incoming`). */
async function withBesides(mirror: string): Promise<string[]> {
  const prefix = `${basename(mirror)}.`;
  const besides = (await namesIn(dirname(mirror))).filter((name) => name.startsWith(prefix));
  return [mirror, ...besides.map((name) => join(dirname(mirror), name))];
}

/** Somebody may be writing there at this moment. */
const removeAll = (directory: string) => rm(directory, { recursive: true, force: true, maxRetries: 5 });
