import type { JobSpec } from '../../workflows/plan/index.ts';
import { breakMutualWait, claim, jobMember } from './concurrency.ts';
import { rulesFor } from './environmentRules.ts';
import { checkOfJob } from './jobChecks.ts';
import {
  endUnleased,
  holdForEnvironment,
  selectAdmissible,
  selectJob,
  selectPending,
  selectSpec,
  setWaiting,
} from './jobStore.ts';
import { wantAdvance } from './runStore.ts';
import { type JobRow, jobName } from './runs.ts';
import type { RunsContext } from './runsContext.ts';
import { tellOfJob } from './tellOfJob.ts';
import { type Turn, takeTurn } from './turn.ts';

type Wanted = Pick<JobSpec, 'environment' | 'groups'>;

/** Decides what a new job waits for: the rules of its environment first, then its concurrency group, then a runner. */
export async function admitJob(turn: Turn, job: JobRow, spec: Wanted): Promise<void> {
  const { tx, run } = turn.lock;
  const rules = await rulesFor(tx, turn.now, run, spec.environment?.name ?? null);
  if (rules.kind === 'refused') return end(turn, job, rules.reason);
  if (rules.kind === 'open') return enter(turn, job, spec);
  await holdForEnvironment(tx, job.id, rules);
  tellWaiting(turn, { ...job, reason: rules.reason }, 'job.waiting');
}

/** Lets in the jobs whose environments ask for no more. */
export async function admitWaiting(context: RunsContext): Promise<void> {
  for (const { id, run_id } of await selectAdmissible(context.db)) {
    await context.db.transaction((tx) =>
      takeTurn(context, tx, run_id, async (turn) => {
        const [job, spec] = [await selectJob(tx, id), await selectSpec(tx, id)];
        if (job?.state === 'waiting' && spec !== null) await enter(turn, job, spec);
      }),
    );
  }
}

/** Lets in the jobs of a run that have their concurrency groups by now. */
export async function admitPending(turn: Turn): Promise<void> {
  const { tx, run } = turn.lock;
  for (const job of await selectPending(tx, run.id, run.attempt)) {
    const spec = await selectSpec(tx, job.id);
    if (spec !== null) await enter(turn, job, spec);
  }
}

/** Claims one group after the other, until one has to be waited for; then another turn looks whether that can ever end. */
async function enter(turn: Turn, job: JobRow, { groups }: Wanted): Promise<void> {
  const { tx, run } = turn.lock;
  for (const wanted of groups) {
    const member = { ...wanted, holder: jobMember(run.id, wanted.holder) };
    const reason = await claim(turn, member, jobName(run, job));
    if (reason === null) continue;
    if (job.state === 'pending') return breakMutualWait(turn, member.holder);
    await setWaiting(tx, turn.now, job.id, 'pending', reason);
    await wantAdvance(tx, run.id);
    return tellWaiting(turn, { ...job, state: 'pending', reason }, 'job.pending');
  }
  await setWaiting(tx, turn.now, job.id, 'queued', null);
  tellWaiting(turn, { ...job, state: 'queued', reason: null }, 'job.queued');
}

function tellWaiting({ context, lock: { tx, run }, now, later }: Turn, job: JobRow, kind: string): void {
  later(() => checkOfJob(tx, now, run, job, context.publicUrl));
  later(() => tellOfJob(tx, now, run, job, kind, { reason: job.reason }));
}

async function end(
  { context, lock: { tx, run }, now, later }: Turn,
  job: JobRow,
  reason: string,
): Promise<void> {
  await endUnleased(tx, now, job.id, 'failure', reason);
  await wantAdvance(tx, run.id);
  const ended = { ...job, state: 'completed', conclusion: 'failure', reason } as const;
  later(() => checkOfJob(tx, now, run, ended, context.publicUrl));
}
