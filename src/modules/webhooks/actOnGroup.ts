import { findObjects, hasCommit, isAncestor } from '../../platform/git/index.ts';
import { askForFetch } from '../repositories/index.ts';
import { recordTrigger } from '../triggers/index.ts';
import { type DueDelivery, finishDelivery } from './deliveryStore.ts';
import type { Postponed, ProcessContext } from './processing.ts';
import type { MergeGroup } from './translate/meaning.ts';

/** With pauses that double, from two seconds on: a minute, for the fetch of a large repository. */
const attemptsUntilGone = 6;

/**
 * Records that workflows shall say whether a merge queue's group passes, once the mirror has its branch: a branch like any
 * other, which the next fetch brings. One that is not there by then was put together anew, and has a delivery of its own.
 */
export async function actOnGroup(
  { db, now, paths }: ProcessContext,
  delivery: DueDelivery,
  { ref, sha, sender, payload }: MergeGroup,
): Promise<Postponed | undefined> {
  const repository = { id: delivery.repository_id, name: delivery.repository };
  const name = `merge group ${ref.slice('refs/heads/'.length, 300)}`;
  const isThere = await holds(paths.mirror(repository.id), ref, sha);
  if (!isThere && delivery.attempts < attemptsUntilGone) {
    await db.transaction((tx) => askForFetch(tx, now(), repository, sender));
    return { reason: `${name}: the mirror is fetched first`, counts: true };
  }
  await db.transaction(async (tx) => {
    const at = now();
    const end = isThere
      ? ({ outcome: 'accepted', detail: `${name} at ${sha.slice(0, 8)}` } as const)
      : ({ outcome: 'ignored', detail: `${name}: it is not at ${sha.slice(0, 8)} any more` } as const);
    if (!(await finishDelivery(tx, at, delivery.id, end)) || !isThere) return;
    await recordTrigger(tx, at, repository.name, {
      repositoryId: repository.id,
      event: 'merge_group',
      ...{ ref, sha, payload },
      before: null,
      actor: sender,
      source: 'webhook',
      // Who may write has put it into the queue, whoever's changes are in it.
      trusted: true,
      key: `webhook:${delivery.digest}`,
    });
  });
  return undefined;
}

async function holds(mirror: string, ref: string, sha: string): Promise<boolean> {
  const [tip] = await findObjects(mirror, [ref]);
  return tip?.type === 'commit' && (await hasCommit(mirror, sha)) && (await isAncestor(mirror, sha, tip.sha));
}
