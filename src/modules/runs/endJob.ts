import type { JobEnd } from '../../contract/jobs.ts';
import type { Tx } from '../../platform/db/database.ts';
import { describeFailure } from './describeFailure.ts';
import { replaceTests } from './diagnosis/testStore.ts';
import { checkOfJob } from './jobChecks.ts';
import { endLeased } from './leaseStore.ts';
import { wantAdvance } from './runStore.ts';
import type { JobRow, RunRow } from './runs.ts';
import { tellOfJob } from './tellOfJob.ts';

/** Ends a job that a runner holds, tells of it, and has its run looked at. `failure`: why it failed, where its log was read. */
export async function endJob(
  tx: Tx,
  now: Date,
  publicUrl: string,
  run: RunRow,
  job: JobRow,
  end: JobEnd,
  failure: string | null = null,
): Promise<void> {
  const { conclusion, detail, outputs, summary } = end;
  const reason = detail ?? (conclusion === 'cancelled' ? job.cancel_reason : null);
  const ended = { ...job, state: 'completed', conclusion, reason } as const;
  const why = conclusion === 'failure' ? (failure ?? (await describeFailure(tx, ended, null))) : null;
  await endLeased(tx, now, job.id, {
    ...{ conclusion, reason, outputs, summary },
    environmentUrl: null,
    failure: why,
  });
  if (end.tests !== undefined) await replaceTests(tx, job.id, end.tests);
  await checkOfJob(tx, now, run, ended, publicUrl, why ?? reason ?? '');
  await wantAdvance(tx, run.id);
  await tellOfJob(tx, now, run, job, 'job.completed', { conclusion });
}
