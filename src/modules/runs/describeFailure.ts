import type { Queryable } from '../../platform/db/database.ts';
import { selectAnnotations, selectSteps } from './jobStore.ts';
import type { JobRow } from './runs.ts';

/** Where a job failed, in one line: its step, how that ended, and the first error that it told of. */
export async function describeFailure(db: Queryable, job: Pick<JobRow, 'id' | 'reason'>): Promise<string> {
  const steps = await selectSteps(db, [job.id]);
  const failed = steps.find(({ conclusion }) => conclusion === 'failure');
  if (failed === undefined) return job.reason ?? 'it failed';
  const annotations = await selectAnnotations(db, [job.id], 200);
  const error = annotations.find(({ level, step }) => level === 'error' && step === failed.number);
  const place = error?.path ? `${error.path}${error.line === null ? '' : `:${error.line}`}: ` : '';
  const first = error === undefined ? '' : `: ${place}${error.message.split('\n')[0]}`;
  const detail = failed.detail === null ? '' : `, ${failed.detail}`;
  return `step "${failed.name}" failed${detail}${first}`;
}
