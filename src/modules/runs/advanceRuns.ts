import { appendEvent } from '../../platform/events/events.ts';
import type { Conclusion, JobSpec, NextJobs, SkippedJob } from '../../workflows/plan/index.ts';
import { admitJob, admitPending } from './admitJob.ts';
import { claim, jobMember, releaseGone, runMember } from './concurrency.ts';
import { checkOfJob } from './jobChecks.ts';
import {
  endUnleased,
  insertJob,
  type NewJob,
  orderCancel,
  selectJobs,
  selectOpenHolders,
} from './jobStore.ts';
import { advanced, completeRun, selectPlan, selectToAdvance, startRun } from './runStore.ts';
import {
  comparedLabels,
  type JobRow,
  type RunRow,
  runName,
  runStateOf,
  type StoredPlan,
  storedSpec,
} from './runs.ts';
import type { RunsContext } from './runsContext.ts';
import { tellOfJob } from './tellOfJob.ts';
import { type Turn, takeTurn } from './turn.ts';

const atOnce = 50;

/** Looks at the runs in which something happened, and does what comes next in each. Answers whether there were any. */
export async function advanceRuns(context: RunsContext): Promise<boolean> {
  const due = await selectToAdvance(context.db, atOnce);
  for (const { id } of due) await advanceRun(context, id);
  return due.length > 0;
}

/**
 * Does what comes next in a run, all in one transaction under its lock: jobs that may start are queued, others end
 * without having run, or are told to end; in the end the run has its conclusion. Whoever is killed before the commit
 * has done nothing, and the run still says that somebody must look.
 */
export async function advanceRun(context: RunsContext, id: number): Promise<void> {
  await context.db.transaction((tx) =>
    takeTurn(context, tx, id, async (turn) => {
      const { run } = turn.lock;
      await advanced(turn.lock);
      const plan = await selectPlan(tx, id);
      if (plan === null || run.state === 'completed') return;
      // A run that waits for its concurrency group starts nothing, but it can be cancelled.
      if (run.cancel_requested_at !== null || (await hasItsGroup(turn))) await look(turn, plan);
    }),
  );
}

async function hasItsGroup({ lock, now }: Turn): Promise<boolean> {
  const { tx, run } = lock;
  if (run.state === 'pending' && run.concurrency !== null) {
    const wanted = { ...run.concurrency, holder: runMember(run.id) };
    if ((await claim(tx, now, run.repository_id, wanted, runName(run))) !== null) return false;
  }
  await startRun(lock);
  return true;
}

async function look(turn: Turn, plan: StoredPlan): Promise<void> {
  const { tx, run } = turn.lock;
  for (;;) {
    const jobs = await selectJobs(tx, run.id, run.attempt);
    const next = await turn.context.planner.next(plan, runStateOf(run, jobs));
    const ended = await cancelJobs(turn, jobs, next);
    for (const skipped of next.skip) await skip(turn, skipped);
    for (const spec of next.start) await queue(turn, spec);
    if (next.conclusion !== null) return conclude(turn, next.conclusion);
    if (ended + next.skip.length > 0) continue;
    await releaseGroups(turn);
    return admitPending(turn);
  }
}

/** Groups of jobs and calls of which nothing runs or waits any more are for others. */
async function releaseGroups({ lock: { tx, run } }: Turn): Promise<void> {
  const alive = new Set([
    runMember(run.id),
    ...(await selectOpenHolders(tx, run.id)).map((key) => jobMember(run.id, key)),
  ]);
  await releaseGone(tx, run.repository_id, run.id, (member) => alive.has(member));
}

/** Answers how many ended by it at once, since no runner had them. */
async function cancelJobs(turn: Turn, jobs: readonly JobRow[], { cancel }: NextJobs): Promise<number> {
  const { now } = turn;
  const { tx, run } = turn.lock;
  let ended = 0;
  for (const { key, reason } of cancel) {
    const job = jobs.find((one) => one.key === key);
    if (job === undefined || job.state === 'completed') continue;
    const why = whyCancelled(run, reason);
    if (await endUnleased(tx, now, job.id, 'cancelled', why)) {
      ended += 1;
      tellOfEnd(turn, { ...job, state: 'completed', conclusion: 'cancelled', reason: why });
    } else if (await orderCancel(tx, job.id, why)) {
      turn.later(() => tellOfJob(tx, now, run, job, 'job.cancelling'));
    }
  }
  return ended;
}

/** Who cancelled a run said why. */
const whyCancelled = (run: RunRow, reason: string): string => run.cancel_reason ?? reason;

function tellOfEnd({ context, lock: { tx, run }, now, later }: Turn, job: JobRow): void {
  later(() => checkOfJob(tx, now, run, job, context.publicUrl));
}

async function skip(turn: Turn, skipped: SkippedJob): Promise<void> {
  const { key, name, conclusion, reason, condition, blocked } = skipped;
  const { tx, run } = turn.lock;
  const job = await insertJob(tx, turn.now, {
    ...newJob(run, key, name),
    state: 'completed',
    conclusion,
    reason: conclusion === 'cancelled' ? whyCancelled(run, reason) : reason,
    condition,
    blocked,
  });
  tellOfEnd(turn, job);
}

async function queue(turn: Turn, spec: JobSpec): Promise<void> {
  const { tx, run } = turn.lock;
  const job = await insertJob(tx, turn.now, {
    ...newJob(run, spec.key, spec.name),
    spec: storedSpec(spec),
    labels: comparedLabels(spec.labels),
    permissions: spec.permissions,
    environment: spec.environment?.name ?? null,
  });
  await admitJob(turn, job, spec);
}

const newJob = (run: RunRow, key: string, name: string): NewJob => ({
  run_id: run.id,
  attempt: run.attempt,
  key,
  name,
  spec: null,
  labels: [],
  state: 'waiting',
  conclusion: null,
  reason: null,
  condition: null,
  blocked: false,
  environment: null,
  permissions: {},
  notBefore: null,
  needsApproval: false,
});

async function conclude({ lock, now, later }: Turn, conclusion: Conclusion): Promise<void> {
  const { tx, run } = lock;
  await completeRun(lock, now, conclusion);
  await releaseGone(tx, run.repository_id, run.id, () => false);
  const data = { run: run.id, repository: run.repository, sha: run.sha, ref: run.ref, conclusion };
  later(() => appendEvent(tx, now, { kind: 'run.completed', subject: runName(run), actor: run.actor, data }));
}
