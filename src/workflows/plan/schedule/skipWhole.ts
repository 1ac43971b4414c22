import type { JobResult } from '../jobSpec.ts';
import { nameOfWhole } from './jobName.ts';
import type { SkippedJob } from './runState.ts';
import type { JobView } from './walk.ts';

/** What `walkScope` knows of a job that does not run. */
export type WhySkipped = Pick<SkippedJob, 'conclusion' | 'reason' | 'condition' | 'blocked'>;

/** Ends a job before its matrix is looked at. */
export function skipWhole(
  { walk, scope, job, key }: JobView,
  { conclusion, reason, condition, blocked }: WhySkipped,
): JobResult {
  const recorded = walk.state.jobs[key];
  if (recorded?.state === 'ended') return recorded;
  walk.out.skip.push({
    key,
    path: job.path,
    name: nameOfWhole(job, scope),
    conclusion,
    reason,
    condition,
    blocked,
  });
  return { conclusion, outputs: {} };
}
