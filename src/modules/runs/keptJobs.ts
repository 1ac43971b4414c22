import { AppError } from '../../platform/errors.ts';
import type { JobRow, StoredPlan } from './runs.ts';

/** What of a run is to run again. */
export interface RerunWish {
  readonly only: 'all' | 'failed';
  /** This one, and those that need it. */
  readonly job?: number | undefined;
}

type Ended = Pick<JobRow, 'id' | 'key' | 'conclusion'>;

/**
 * The jobs of a run that keep their results when others run again: those that succeeded, unless what they need runs
 * again. What was skipped is decided anew. Throws `invalid_input` when nothing is left to run.
 */
export function keptJobs(plan: StoredPlan, jobs: readonly Ended[], wish: RerunWish): number[] {
  const chosen = wish.job === undefined ? null : jobs.find(({ id }) => id === wish.job);
  if (chosen === undefined)
    throw new AppError('invalid_input', `body.job: the last attempt of this run has no job ${wish.job}`);
  if (chosen === null && wish.only === 'all') return [];
  const again = jobs.filter((job) => (chosen === null ? hasFailed(job) : job === chosen));
  if (again.length === 0)
    throw new AppError('conflict', 'no job of this run failed; to run it once more, run all jobs again');
  const stale = dependents(plan, new Set(again.map(({ key }) => pathOf(key))));
  return jobs
    .filter((job) => job.conclusion === 'success' && job !== chosen && !stale.has(pathOf(job.key)))
    .map(({ id }) => id);
}

const hasFailed = ({ conclusion }: Ended): boolean => conclusion === 'failure' || conclusion === 'cancelled';

/** Of the planned job: `call:1/test:2` is one of `call/test`. */
export const pathOf = (key: string): string => key.replace(/:\d+(?=\/|$)/g, '');

/** What needs one of these, directly or not: in its own file, or by a call that they are in. */
function dependents({ jobs }: StoredPlan, paths: ReadonlySet<string>): ReadonlySet<string> {
  const stale = new Set<string>();
  const changed = new Set(paths);
  for (let before = -1; before !== changed.size; ) {
    before = changed.size;
    for (const { path, call } of jobs) if (call !== null && changed.has(path)) changed.add(call);
    for (const job of jobs) {
      const needed = job.needs.map(
        (id) => jobs.find((other) => other.call === job.call && other.id === id)?.path,
      );
      const isInStale = job.call !== null && stale.has(job.call);
      if (!needed.some((path) => path !== undefined && changed.has(path)) && !isInStale) continue;
      stale.add(job.path);
      changed.add(job.path);
    }
  }
  return stale;
}
