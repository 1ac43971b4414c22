import type { JobResult } from '../jobSpec.ts';
import { nameOfWhole } from './jobName.ts';
import type { SkippedJob } from './runState.ts';
import type { JobView } from './walk.ts';

/** Ends a job before its matrix is looked at. */
export function skipWhole(
  { walk, scope, job, key }: JobView,
  { conclusion, reason, condition }: Pick<SkippedJob, 'conclusion' | 'reason' | 'condition'>,
): JobResult {
  const recorded = walk.state.jobs[key];
  if (recorded?.state === 'ended') return recorded;
  walk.out.skip.push({ key, path: job.path, name: nameOfWhole(job, scope), conclusion, reason, condition });
  return { conclusion, outputs: {} };
}
