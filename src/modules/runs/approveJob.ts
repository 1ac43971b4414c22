import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { assertMayApprove } from './environmentRules.ts';
import { checkOfJob } from './jobChecks.ts';
import { endUnleased, selectJob, setApproval } from './jobStore.ts';
import { lockRun, wantAdvance } from './runStore.ts';
import { type JobRow, jobName, type RunRow } from './runs.ts';
import { tellOfJob } from './tellOfJob.ts';

/** Lets a job into the environment that asks for approval, or refuses it: then it failed, and says by whom. */
export async function approveJob(
  db: Db,
  now: Date,
  actor: Actor,
  { job, run }: { job: JobRow; run: RunRow },
  verdict: { approve: boolean; reason: string },
  publicUrl: string,
): Promise<void> {
  await assertMayApprove(db, actor, run, job);
  await db.transaction(async (tx) => {
    const lock = await lockRun(tx, run.id);
    const current = lock && (await selectJob(tx, job.id));
    if (current?.state !== 'waiting' || !current.needs_approval)
      throw new AppError(
        'invalid_transition',
        `${jobName(run, job)} waits for no approval: it is ${current?.state ?? 'gone'}`,
      );
    // Approving twice is approving once; until its wait is over it can still be refused.
    if (verdict.approve && current.approved_by !== null) return;
    const words = verdict.reason === '' ? '' : `: ${verdict.reason}`;
    const reason = `${verdict.approve ? 'approved' : 'refused'} by ${actor.name}${words}`;
    if (verdict.approve) await setApproval(tx, now, job.id, actor.name);
    else {
      await endUnleased(tx, now, job.id, 'failure', reason);
      await wantAdvance(tx, run.id);
    }
    await audit(tx, now, actor, verdict.approve ? 'job.approve' : 'job.refuse', jobName(run, job), {
      reason: verdict.reason,
    });
    if (!verdict.approve)
      await checkOfJob(
        tx,
        now,
        run,
        { ...current, state: 'completed', conclusion: 'failure', reason },
        publicUrl,
      );
    await tellOfJob(tx, now, run, job, verdict.approve ? 'job.approved' : 'job.completed', { reason });
  });
}
