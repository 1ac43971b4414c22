import type { Tx } from '../../platform/db/database.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { claimGroup, type Group, type GroupClaim, releaseGroup } from '../../workflows/plan/index.ts';
import { lockGroup, lockGroupsOf, selectGroups, setGroup } from './groupStore.ts';
import { checkOfJob } from './jobChecks.ts';
import { endUnleased, orderCancel, selectJobAndRun, selectOpenJob } from './jobStore.ts';
import { mutualWait } from './mutualWait.ts';
import { cancelCall, requestCancel, selectRun, wantAdvance } from './runStore.ts';
import { runName } from './runs.ts';
import { tellOfJob } from './tellOfJob.ts';
import type { Turn } from './turn.ts';

/**
 * Concurrency groups across the runs of a repository, as the plan's rules have it (`GroupClaim`). The row of a group is
 * its lock. A member is a run (`12`), or a job or call of one (`12/test`).
 */
export const runMember = (runId: number): string => String(runId);
export const jobMember = (runId: number, key: string): string => `${runId}/${key}`;

const runOf = (member: string): number => Number(member.split('/', 1)[0]);
const keyOf = (member: string): string | null =>
  member.includes('/') ? member.slice(member.indexOf('/') + 1) : null;

/** Claims a group for a member; answers why it must wait, or null when it has it. Others may have to give way. */
export async function claim(turn: Turn, wanted: GroupClaim, label: string): Promise<string | null> {
  const { tx, run } = turn.lock;
  const repositoryId = run.repository_id;
  const name = wanted.group.toLowerCase();
  const claimed = claimGroup(await lockGroup(tx, repositoryId, name), wanted);
  await store(tx, repositoryId, name, claimed.group);
  const reason = `${label} is newer in the concurrency group ${wanted.group}`;
  for (const member of claimed.overtaken) {
    const isItself = member === wanted.holder;
    await cancel(turn, member, isItself ? `too many wait for the concurrency group ${wanted.group}` : reason);
  }
  if (claimed.cancelsHolder) await cancel(turn, claimed.group.holder, reason);
  return claimed.isHeld ? null : `waits for the concurrency group ${wanted.group}`;
}

/**
 * Ends a wait that could never end: runs that have what each other's jobs wait for. What the newest run waits with is
 * cancelled, as on GitHub. To be asked in a turn after the one that claimed, when those who did so at once have
 * committed: whoever comes last sees the whole circle.
 */
export async function breakMutualWait(turn: Turn, member: string): Promise<void> {
  const { tx, run } = turn.lock;
  const circle = mutualWait(await selectGroups(tx, run.repository_id), member);
  if (circle === null) return;
  const [newest = member, ...others] = circle.toSorted((one, other) => runOf(other) - runOf(one));
  const names = await runNames(tx, others.map(runOf));
  await cancel(
    turn,
    newest,
    `it and ${names} wait for each other's concurrency groups, and none could go on`,
  );
}

async function runNames(tx: Tx, ids: readonly number[]): Promise<string> {
  const runs = await Promise.all([...new Set(ids)].map((id) => selectRun(tx, id)));
  return runs.flatMap((run) => (run === undefined ? [] : runName(run))).join(', ');
}

/** Gives back the groups of members of a run of which nothing is left. Who has one then is looked at. */
export async function releaseGone(
  tx: Tx,
  repositoryId: number,
  runId: number,
  isAlive: (member: string) => boolean,
): Promise<void> {
  for (const { name, holder, waiting } of await lockGroupsOf(tx, runId)) {
    const gone = [holder, ...waiting].filter((member) => runOf(member) === runId && !isAlive(member));
    if (gone.length === 0) continue;
    let group: Group | null = { holder, waiting };
    for (const member of gone) group = group === null ? null : releaseGroup(group, member);
    await store(tx, repositoryId, name, group);
    if (group !== null && group.holder !== holder) await wantAdvance(tx, runOf(group.holder));
  }
}

async function store(tx: Tx, repositoryId: number, name: string, group: Group | null): Promise<void> {
  const runs = group === null ? [] : [group.holder, ...group.waiting].map(runOf);
  await setGroup(tx, repositoryId, name, group, [...new Set(runs)]);
}

async function cancel(turn: Turn, member: string, reason: string): Promise<void> {
  const { tx } = turn.lock;
  const [runId, key] = [runOf(member), keyOf(member)];
  if (key === null) return cancelRun(turn, runId, reason);
  // The run before its job: the order in which everybody locks them.
  await wantAdvance(tx, runId);
  const job = await selectOpenJob(tx, runId, key);
  if (job === undefined) await cancelCall(tx, runId, key, reason);
  else await cancelJob(turn, job.id, reason);
}

async function cancelRun({ lock: { tx }, now, later }: Turn, runId: number, reason: string): Promise<void> {
  if (!(await requestCancel(tx, now, runId, 'concurrency', reason))) return;
  const run = await selectRun(tx, runId);
  if (run === undefined) return;
  const { repository, sha, actor } = run;
  const event = {
    kind: 'run.cancelling',
    subject: runName(run),
    actor,
    data: { run: runId, repository, sha },
  };
  later(() => appendEvent(tx, now, event));
}

/** One that no runner has ended by it, and its check says so: nobody else would. */
async function cancelJob(
  { context, lock: { tx }, now, later }: Turn,
  id: number,
  reason: string,
): Promise<void> {
  const isEnded = await endUnleased(tx, now, id, 'cancelled', reason);
  if (!isEnded && !(await orderCancel(tx, id, reason))) return;
  const found = await selectJobAndRun(tx, id);
  if (found === undefined) return;
  const { job, run } = found;
  if (isEnded) later(() => checkOfJob(tx, now, run, job, context.publicUrl));
  later(() => tellOfJob(tx, now, run, job, isEnded ? 'job.completed' : 'job.cancelling', { reason }));
}
