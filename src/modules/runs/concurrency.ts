import type { Tx } from '../../platform/db/database.ts';
import { claimGroup, type Group, type GroupClaim, releaseGroup } from '../../workflows/plan/index.ts';
import { lockGroup, lockGroupsOf, setGroup } from './groupStore.ts';
import { endUnleased, orderCancel, selectOpenJob } from './jobStore.ts';
import { cancelCall, requestCancel, wantAdvance } from './runStore.ts';

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
export async function claim(
  tx: Tx,
  now: Date,
  repositoryId: number,
  wanted: GroupClaim,
  label: string,
): Promise<string | null> {
  const name = wanted.group.toLowerCase();
  const claimed = claimGroup(await lockGroup(tx, repositoryId, name), wanted);
  await store(tx, repositoryId, name, claimed.group);
  const reason = `${label} is newer in the concurrency group ${wanted.group}`;
  for (const member of claimed.overtaken) {
    const isItself = member === wanted.holder;
    await cancel(
      tx,
      now,
      member,
      isItself ? `too many wait for the concurrency group ${wanted.group}` : reason,
    );
  }
  if (claimed.cancelsHolder) await cancel(tx, now, claimed.group.holder, reason);
  return claimed.isHeld ? null : `waits for the concurrency group ${wanted.group}`;
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

async function cancel(tx: Tx, now: Date, member: string, reason: string): Promise<void> {
  const [runId, key] = [runOf(member), keyOf(member)];
  if (key === null) {
    await requestCancel(tx, now, runId, 'concurrency', reason);
    return;
  }
  const job = await selectOpenJob(tx, runId, key);
  if (job === undefined) await cancelCall(tx, runId, key, reason);
  else if (!(await endUnleased(tx, now, job.id, 'cancelled', reason))) await orderCancel(tx, job.id, reason);
  await wantAdvance(tx, runId);
}
