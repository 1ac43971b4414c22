import { rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { systemCode } from '../../platform/errors.ts';
import { removeLog } from '../../platform/logfiles/index.ts';
import { namesIn, unlessMissing } from '../../platform/missing.ts';
import {
  deleteOldRuns,
  deleteOldTriggers,
  dropOldPayloads,
  selectFirstJobSince,
  selectUnfinished,
} from './retentionStore.ts';

/**
 * Removes the logs of jobs that were last written to before a moment. The files are their own list, so that a crash
 * loses nothing, and those of repositories that are gone are found, too. Ids grow: behind the first job that was made
 * since, no log can be old.
 */
export async function forgetOldJobLogs(
  { db, paths }: { readonly db: Db; readonly paths: DataPaths },
  before: Date,
  signal: AbortSignal,
): Promise<void> {
  const all = join(paths.root, 'logs', 'jobs');
  const young = await selectFirstJobSince(db, before);
  const last = young === null ? Number.POSITIVE_INFINITY : Number(basename(dirname(paths.jobLog(young))));
  for (const folder of (await namesIn(all)).filter((name) => Number(name) <= last)) {
    const directory = join(all, folder);
    const old = await oldLogsIn(directory, before);
    if (signal.aborted) return;
    // Nobody writes the log of a job that has ended; one that goes on may be silent for long.
    const open = new Set(await selectUnfinished(db, old));
    for (const id of old) if (!open.has(id)) await removeLog(join(directory, `${id}.log`));
    await removeIfEmpty(directory);
  }
}

/** Ids of jobs. An index without its log is what a crash left of one. */
async function oldLogsIn(directory: string, before: Date): Promise<number[]> {
  const names = new Set(await namesIn(directory));
  const old: number[] = [];
  for (const name of names) {
    const [, id, index] = /^(\d+)\.log(\.index)?$/.exec(name) ?? [];
    if (id === undefined || (index !== undefined && names.has(`${id}.log`))) continue;
    if ((await writtenAt(join(directory, name))) < before.getTime()) old.push(Number(id));
  }
  return old;
}

/** Another dispatcher may be at it, too. */
async function writtenAt(path: string): Promise<number> {
  return (await unlessMissing(stat(path)))?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

async function removeIfEmpty(directory: string): Promise<void> {
  try {
    await unlessMissing(rmdir(directory));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  }
}

const batch = 100;

/**
 * Removes runs that ended before a moment, with their jobs, and the triggers of which nothing is left. What stays: the
 * newest run of each workflow and event on each branch and tag that there is, and all that a commit ran which a deploy refers to,
 * so that its checks stay true. Logs and artifacts go by their own age.
 */
export async function forgetOldRuns(db: Db, before: Date, signal: AbortSignal): Promise<void> {
  for (const remove of [deleteOldRuns, deleteOldTriggers, dropOldPayloads])
    while (!signal.aborted && (await remove(db, before, batch)) === batch);
}
