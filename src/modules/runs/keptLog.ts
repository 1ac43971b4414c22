import type { DataPaths } from '../../platform/dataPaths.ts';
import { exists } from '../../platform/missing.ts';
import type { JobRow } from './runs.ts';

/** No log is removed before this. */
const keptAtLeastMs = 86_400_000;

/** A result that was carried from an earlier attempt has its log there. */
export const logPathOf = (
  paths: DataPaths,
  { id, carried_from }: Pick<JobRow, 'id' | 'carried_from'>,
): string => paths.jobLog(carried_from ?? id);

/** In words, when a job has left its log behind; null while it is there, or when it never wrote one. */
export async function whyLogIsGone(paths: DataPaths, now: Date, job: JobRow): Promise<string | null> {
  const { started_at, finished_at } = job;
  if (started_at === null || finished_at === null) return null;
  if (now.getTime() - finished_at.getTime() < keptAtLeastMs) return null;
  if (await exists(logPathOf(paths, job))) return null;
  return 'its log is gone: logs are removed some time after their last line (SLIPWAY_JOB_LOG_DAYS)';
}
