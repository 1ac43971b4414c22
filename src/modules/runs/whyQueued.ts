import type { Queryable } from '../../platform/db/database.ts';
import { selectJobRunners } from './leaseStore.ts';
import type { JobRow } from './runs.ts';

/** Why jobs that wait for a runner do, in words, by their ids. Runners come and go, so it is said anew each time. */
export async function whyQueued(
  db: Queryable,
  jobs: readonly JobRow[],
): Promise<ReadonlyMap<number, string>> {
  const queued = jobs.filter(({ state }) => state === 'queued');
  if (queued.length === 0) return new Map();
  const runners = await selectJobRunners(db);
  return new Map(queued.map((job) => [job.id, reasonOf(job, runners)]));
}

function reasonOf(
  { labels, reason }: JobRow,
  runners: readonly { name: string; labels: string[] }[],
): string {
  const before = reason === null ? '' : `${reason}; `;
  if (runners.length === 0) return `${before}no runner of jobs is alive`;
  const fitting = runners.filter((runner) => labels.every((label) => runner.labels.includes(label)));
  if (fitting.length > 0)
    return `${before}waits for a runner that is free: ${fitting.map(({ name }) => name).join(', ')}`;
  const known = runners.map(({ name, labels: own }) => `${name} (${own.join(', ')})`).join(', ');
  return `${before}no runner has all of its labels (${labels.join(', ')}); there is ${known}`;
}
