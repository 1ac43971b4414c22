import { appendEvent } from '../../platform/events/events.ts';
import {
  type Conclusion,
  type JobSpec,
  type NextJobs,
  neededLabels,
  type SkippedJob,
} from '../../workflows/plan/index.ts';
import { admitJob, admitPending } from './admitJob.ts';
import { claim, jobMember, releaseGone, runMember } from './concurrency.ts';
import { type Foreseen, foresee, stateKey } from './foresee.ts';
import { checkOfJob } from './jobChecks.ts';
import {
  endUnleased,
  insertJob,
  type JobStanding,
  type NewJob,
  orderCancel,
  selectJob,
  selectJobs,
  selectOpenHolders,
  selectStandings,
} from './jobStore.ts';
import {
  advanced,
  completeRun,
  hasStarted,
  recordUnplannable,
  selectToAdvance,
  startRun,
  wantAdvance,
} from './runStore.ts';
import { comparedLabels, type JobRow, type RunRow, runName, storedSpec } from './runs.ts';
import type { RunsContext } from './runsContext.ts';
import { tellOfJob } from './tellOfJob.ts';
import { triggerByRun } from './triggerByRun.ts';
import { type Turn, takeTurn } from './turn.ts';

const pauseAfterFailureMs = 1000;

/**
 * The runs in which something happened, one after the other, each for one to advance at a time. One that cannot be
 * advanced now is left alone for a while, so that it keeps no other from its turn.
 */
export function openAdvancing(context: RunsContext) {
  const busy = new Set<number>();
  return {
    next: async (): Promise<number | undefined> => {
      const due = await selectToAdvance(context.db, [...busy], 1);
      const id = due.map((run) => run.id).find((one) => !busy.has(one));
      if (id !== undefined) busy.add(id);
      return id;
    },
    perform: async (id: number): Promise<void> => {
      try {
        await advanceRun(context, id);
        busy.delete(id);
      } catch (error) {
        setTimeout(() => busy.delete(id), pauseAfterFailureMs).unref();
        throw error;
      }
    },
  };
}

/**
 * Does what comes next in a run. What that is may take long to find out, since expressions of strangers are evaluated:
 * it is foreseen first, and then done in a transaction under the run's lock, if nothing has changed meanwhile. Whoever
 * is killed before a commit has done nothing, and the run still says that somebody must look.
 */
export async function advanceRun(context: RunsContext, id: number): Promise<void> {
  for (let goesOn: boolean | undefined = true; goesOn === true; ) {
    const foreseen = await foresee(context, id);
    goesOn = await context.db.transaction((tx) =>
      takeTurn(context, tx, id, async (turn) => {
        await advanced(turn.lock);
        const hasMore = await takeStep(turn, foreseen);
        if (hasMore) await wantAdvance(tx, id);
        return hasMore;
      }),
    );
  }
}

/** Answers whether there is more to do at once. */
async function takeStep(turn: Turn, foreseen: Foreseen | null): Promise<boolean> {
  const { tx, run } = turn.lock;
  if (run.state === 'completed') return false;
  const jobs = await selectStandings(tx, run.id, run.attempt);
  if (foreseen === null || foreseen.of !== stateKey(run, jobs)) return true;
  if ('unplannable' in foreseen) return giveUp(turn, foreseen.unplannable);
  // A run that waits for its concurrency group starts nothing, but it can be cancelled.
  if (run.cancel_requested_at === null && !(await hasItsGroup(turn))) return false;
  return act(turn, jobs, foreseen.next);
}

async function hasItsGroup(turn: Turn): Promise<boolean> {
  const { run } = turn.lock;
  if (run.state === 'pending' && run.concurrency !== null) {
    const wanted = { ...run.concurrency, holder: runMember(run.id) };
    if ((await claim(turn, wanted, runName(run))) !== null) return false;
  }
  await startRun(turn.lock);
  return true;
}

async function act(turn: Turn, jobs: readonly JobStanding[], next: NextJobs): Promise<boolean> {
  const ended = await cancelJobs(turn, jobs, next);
  for (const skipped of next.skip) await skip(turn, skipped);
  for (const spec of next.start) await queue(turn, spec);
  if (next.conclusion !== null) {
    await conclude(turn, next.conclusion);
    return false;
  }
  if (ended + next.skip.length > 0) return true;
  await releaseGroups(turn);
  await admitPending(turn);
  return false;
}

/** Nobody can say what comes next: what has not begun fails and says why, and so does the run once nothing runs. */
async function giveUp(turn: Turn, reason: string): Promise<boolean> {
  const { tx, run } = turn.lock;
  const jobs = await selectJobs(tx, run.id, run.attempt);
  if (run.findings === null) await recordUnplannable(turn.lock, reason);
  let running = 0;
  for (const job of jobs.filter(({ state }) => state !== 'completed')) {
    if (await endUnleased(tx, turn.now, job.id, 'failure', reason))
      tellOfEnd(turn, { ...job, state: 'completed', conclusion: 'failure', reason });
    else {
      running += 1;
      if (await orderCancel(tx, job.id, reason))
        turn.later(() => tellOfJob(tx, turn.now, run, job, 'job.cancelling'));
    }
  }
  if (running === 0) await conclude(turn, 'failure');
  return false;
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
async function cancelJobs(turn: Turn, jobs: readonly JobStanding[], { cancel }: NextJobs): Promise<number> {
  const { now } = turn;
  const { tx, run } = turn.lock;
  let ended = 0;
  for (const { key, reason } of cancel) {
    const standing = jobs.find((one) => one.key === key);
    if (standing === undefined || standing.state === 'completed') continue;
    const job = await selectJob(tx, standing.id);
    if (job === undefined) continue;
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
    labels: comparedLabels(neededLabels(spec)),
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

async function conclude({ context, lock, now, later }: Turn, conclusion: Conclusion): Promise<void> {
  const { tx, run } = lock;
  await completeRun(lock, now, conclusion);
  await releaseGone(tx, run.repository_id, run.id, () => false);
  const data = { run: run.id, repository: run.repository, sha: run.sha, ref: run.ref, conclusion };
  later(() => appendEvent(tx, now, { kind: 'run.completed', subject: runName(run), actor: run.actor, data }));
  // Whoever leased its first job may have found the run locked.
  if (run.started_at === null && (await hasStarted(tx, run.id)))
    later(() => triggerByRun(tx, now, context.publicUrl, run.id, 'in_progress'));
  later(() => triggerByRun(tx, now, context.publicUrl, run.id, 'completed'));
}
