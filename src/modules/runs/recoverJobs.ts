import type { Tx } from '../../platform/db/database.ts';
import { endOrphan } from '../runners/index.ts';
import { endJob } from './endJob.ts';
import type { JobGatewayContext } from './gatewayContext.ts';
import { checkOfJob } from './jobChecks.ts';
import { selectSpec } from './jobStore.ts';
import { holdLost, requeue, selectLost } from './leaseStore.ts';
import { lockRun, type RunLock } from './runStore.ts';
import type { JobRow, StoredSpec } from './runs.ts';
import { closeSteps, deleteSteps, selectSteps } from './stepStore.ts';
import { tellOfJob } from './tellOfJob.ts';

export type RecoverContext = Pick<JobGatewayContext, 'db' | 'now' | 'publicUrl'>;

const mostLosses = 3;

/**
 * Tells the truth about jobs whose runner vanished. One whose own steps had not begun runs again, since nothing of it
 * happened; so does one whose workflow says that it may (`SLIPWAY_RERUN_LOST: true` in the `env` of the job or the
 * workflow). Any other failed, and says during which step.
 */
export async function recoverJobs(context: RecoverContext): Promise<number> {
  let recovered = 0;
  for (const orphan of await selectLost(context.db)) {
    const { id, run_id } = orphan;
    await endOrphan(orphan);
    const settled = await context.db.transaction(async (tx) => {
      const lock = await lockRun(tx, run_id);
      const job = lock && (await holdLost(tx, id));
      if (lock === undefined || job === undefined) return false;
      await settleLost(context, lock, job, `${job.runner_name ?? 'its runner'} vanished`);
      return true;
    });
    if (settled) recovered += 1;
  }
  return recovered;
}

/** Settles a job that nobody runs any more; `what` happened to its runner. */
export async function settleLost(
  { now: clock, publicUrl }: Pick<RecoverContext, 'now' | 'publicUrl'>,
  { tx, run }: RunLock,
  job: JobRow,
  what: string,
): Promise<void> {
  const now = clock();
  if (job.state === 'cancelling') {
    await closeSteps(tx, now, job.id, what);
    const detail = `${job.cancel_reason ?? 'cancelled'}; ${what} meanwhile`;
    return endJob(tx, now, publicUrl, run, job, {
      conclusion: 'cancelled',
      detail,
      outputs: {},
      summary: '',
    });
  }
  const begun = await begunStep(tx, job.id);
  if (job.losses < mostLosses && (begun === null || mayRunAgain(await selectSpec(tx, job.id)))) {
    const reason = `runs again: ${what} ${begun === null ? 'before its first step' : `during step "${begun}"`}`;
    await deleteSteps(tx, job.id);
    await requeue(tx, job.id, reason);
    await checkOfJob(tx, now, run, { ...job, state: 'queued', reason }, publicUrl);
    return tellOfJob(tx, now, run, job, 'job.queued', { reason });
  }
  await closeSteps(tx, now, job.id, `${what}; how far it got is unknown`);
  const where = begun === null ? 'before its first step, again and again' : `during step "${begun}"`;
  const detail = `${what} ${where}`;
  await endJob(tx, now, publicUrl, run, job, { conclusion: 'failure', detail, outputs: {}, summary: '' });
}

/**
 * The last of the job's own steps that began; null before the first. What is torn down behind them was not what a runner
 * that was stopped has cut short.
 */
async function begunStep(tx: Tx, jobId: number): Promise<string | null> {
  const own = (await selectSteps(tx, [jobId])).filter(
    ({ phase, conclusion }) => phase !== 'set-up' && phase !== 'tear-down' && conclusion !== 'skipped',
  );
  return own.at(-1)?.name ?? null;
}

function mayRunAgain(spec: StoredSpec | null): boolean {
  const entries = [...(spec?.workflowEnv ?? []), ...(spec?.env ?? [])];
  const wish = entries.findLast(({ name }) => name.value === 'SLIPWAY_RERUN_LOST');
  return wish?.text.value === 'true';
}
