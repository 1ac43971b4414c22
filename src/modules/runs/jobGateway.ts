import { randomUUID } from 'node:crypto';
import type {
  JobAssignment,
  JobEnd,
  JobGateway,
  JobLeaseState,
  JobReport,
  JobRunnerInfo,
} from '../../contract/jobs.ts';
import type { Lease } from '../../contract/runner.ts';
import { newToken } from '../../platform/crypto/index.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { insertRunner, type NewRunner, peersOf, stopRunner, touchRunner } from '../runners/index.ts';
import { assignmentOf } from './assignment.ts';
import { describeFailure } from './describeFailure.ts';
import { endJob } from './endJob.ts';
import type { JobGatewayContext } from './gatewayContext.ts';
import { checkOfJob } from './jobChecks.ts';
import {
  drainRunner,
  expireJobsOf,
  expireUnknownJobs,
  holdJob,
  type JobLeaseRow,
  leaseAgain,
  leaseJob,
  renewJobLeases,
  runOfJob,
} from './leaseStore.ts';
import { recoverJobs, settleLost } from './recoverJobs.ts';
import { lockRun, noteStarted, type RunLock, selectRun } from './runStore.ts';
import type { JobRow } from './runs.ts';
import { finishSteps, insertAnnotations, insertSteps } from './stepStore.ts';
import { tellOfJob } from './tellOfJob.ts';
import { triggerByRun } from './triggerByRun.ts';

/** Events after which something may start, or must stop. What a runner has room for by its own jobs it knows itself. */
const mayMean = /^job\.(queued|cancelling)$/;

/** The door of runners of jobs to Slipway, on the database itself. Every report is fenced by its lease. */
export function createJobGateway(context: JobGatewayContext): JobGateway {
  const { db, now } = context;
  const registered = new Map<string, JobRunnerInfo>();
  return {
    peers: ({ id }) => peersOf(db, 'jobs', id),
    bury: async (runnerIds) => {
      for (const id of runnerIds) {
        await stopRunner(db, now(), id);
        await expireJobsOf(db, id);
      }
      if (runnerIds.length > 0) await recoverJobs(context);
    },
    register: async (runner) => {
      await insertRunner(db, now(), ofJobs(runner));
      registered.set(runner.id, runner);
    },
    leaseNext: (runnerId, held) => leaseNext(context, runnerId, held),
    heartbeat: async (runnerId, leases) => {
      const runner = registered.get(runnerId);
      if (!(await touchRunner(db, runnerId)) && runner) await insertRunner(db, now(), ofJobs(runner));
      const rows = leases.length === 0 ? [] : await renewJobLeases(db, leases);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return new Map(leases.map(({ id }) => [id, leaseState(byId.get(id))]));
    },
    report: (lease, report) => underLease(db, lease, (tx, job) => record(tx, now(), job, report)),
    finish: (lease, end) => finish(context, lease, end),
    release: (lease, reason) => release(context, lease, reason),
    drain: (runnerId) => drainRunner(db, now(), runnerId),
    unregister: async (runnerId) => {
      registered.delete(runnerId);
      await stopRunner(db, now(), runnerId);
      // It has ended all that it knew of; what it did not know of was lost on the way to it.
      await expireJobsOf(db, runnerId);
    },
    onWork: (listener) =>
      context.feed.subscribe((event) => {
        if (mayMean.test(event.kind)) listener();
      }),
  };
}

const ofJobs = (runner: JobRunnerInfo): NewRunner => ({ ...runner, kind: 'jobs' });

async function leaseNext(
  context: JobGatewayContext,
  runnerId: string,
  held: readonly Lease[],
): Promise<JobAssignment | undefined> {
  const { db, now } = context;
  await expireUnknownJobs(db, runnerId, held);
  for (;;) {
    const [leaseToken, jobToken] = [randomUUID(), newToken('slj')];
    const leased = await db.transaction(async (tx) => {
      const job =
        (await leaseAgain(tx, runnerId, held, leaseToken, jobToken.hash)) ??
        (await leaseJob(tx, runnerId, leaseToken, jobToken.hash));
      if (job === undefined) return undefined;
      const isFirst = await noteStarted(tx, now(), job.run_id);
      const run = await selectRun(tx, job.run_id);
      if (run === undefined) return undefined;
      await checkOfJob(tx, now(), run, job, context.publicUrl);
      await tellOfJob(tx, now(), run, job, 'job.started', { runner: job.runner_name });
      if (isFirst) await triggerByRun(tx, now(), context.publicUrl, run.id, 'in_progress');
      return { job, run };
    });
    if (leased === undefined) return undefined;
    const lease = { id: leased.job.id, token: leaseToken };
    try {
      return await assignmentOf(context, leased, lease, jobToken.token);
    } catch (error) {
      // A secret that cannot be opened fails its job, and keeps no other from running.
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      const end = { conclusion: 'failure', detail: error.message, outputs: {}, summary: '' } as const;
      await finish(context, lease, end);
    }
  }
}

async function record(tx: Tx, now: Date, job: JobRow, report: JobReport): Promise<void> {
  const begun = report.started.map((step) => ({ ...step, condition: null, skipped: false }));
  const skipped = report.skipped.map((step) => ({ ...step, skipped: true }));
  await insertSteps(tx, job.id, [...begun, ...skipped]);
  await finishSteps(tx, job.id, report.finished);
  await insertAnnotations(tx, job.id, report.annotations);
  const run = await selectRun(tx, job.run_id);
  if (run !== undefined) await tellOfJob(tx, now, run, job, 'job.step');
}

async function finish(context: JobGatewayContext, lease: Lease, end: JobEnd): Promise<JobLeaseState> {
  const { db, now, paths, publicUrl } = context;
  // Before the transaction: nobody waits while a log is read.
  const failure =
    end.conclusion === 'failure'
      ? await describeFailure(db, { id: lease.id, reason: end.detail }, paths.jobLog(lease.id))
      : null;
  return underBoth(db, lease, (lock, job) => endJob(lock.tx, now(), publicUrl, lock.run, job, end, failure));
}

function release(context: JobGatewayContext, lease: Lease, reason: string): Promise<JobLeaseState> {
  return underBoth(context.db, lease, (lock, job) => settleLost(context, lock, job, reason));
}

/** Does `work` with the run and its job locked, if the lease still stands. */
function underBoth(
  db: Db,
  lease: Lease,
  work: (lock: RunLock, job: JobRow) => Promise<void>,
): Promise<JobLeaseState> {
  return db.transaction(async (tx) => {
    const runId = await runOfJob(tx, lease.id);
    // The run before the job: the order in which everybody locks them.
    const lock = runId === undefined ? undefined : await lockRun(tx, runId);
    const job = lock && (await holdJob(tx, lease));
    if (lock === undefined || job === undefined) return { kind: 'lost' };
    await work(lock, job);
    return { kind: 'held' };
  });
}

/** Does `work` if the lease still stands; answers how it stands. */
async function underLease(
  db: Db,
  lease: Lease,
  work: (tx: Tx, job: JobRow) => Promise<void>,
): Promise<JobLeaseState> {
  return db.transaction(async (tx) => {
    const job = await holdJob(tx, lease);
    if (job === undefined) return { kind: 'lost' };
    await work(tx, job);
    return leaseState(job);
  });
}

function leaseState(row: JobLeaseRow | undefined): JobLeaseState {
  if (row === undefined) return { kind: 'lost' };
  if (row.state === 'cancelling') return { kind: 'cancelling', reason: row.cancel_reason ?? 'cancelled' };
  return { kind: 'held' };
}
