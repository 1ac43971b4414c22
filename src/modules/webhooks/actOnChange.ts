import { hasCommit, isAncestor, keptChangeHead } from '../../platform/git/index.ts';
import { askForFetch, fetchHeadOf, repositoryById } from '../repositories/index.ts';
import { recordTrigger } from '../triggers/index.ts';
import { upsertChange } from './changeStore.ts';
import { triggersOf } from './changeTriggers.ts';
import { type DueDelivery, finishDelivery } from './deliveryStore.ts';
import type { Postponed, ProcessContext } from './processing.ts';
import type { Change } from './translate/meaning.ts';

/** Where they are kept, heads follow the news of them within seconds. */
const attemptsUntilStale = 4;

/**
 * Brings the head of a pull or merge request into the mirror, then records what workflows start by. A head that is
 * not there any more was replaced by one that has a delivery of its own.
 */
export async function actOnChange(
  context: ProcessContext,
  delivery: DueDelivery,
  change: Change,
  signal: AbortSignal,
): Promise<Postponed | undefined> {
  const found = await bringHead(context, delivery, change, signal);
  if (found === 'there') return record(context, delivery, change);
  if (found !== 'missing') return found;
  const detail = `${nameOf(change)}: its head is not ${change.headSha.slice(0, 8)} any more`;
  if (delivery.attempts < attemptsUntilStale) return { reason: detail, counts: true };
  const { db, now } = context;
  await db.transaction((tx) => finishDelivery(tx, now(), delivery.id, { outcome: 'ignored', detail }));
  return undefined;
}

const nameOf = ({ number, action }: Change): string => `pull request ${number} ${action.slice(0, 100)}`;

async function bringHead(
  context: ProcessContext,
  delivery: DueDelivery,
  change: Change,
  signal: AbortSignal,
): Promise<'there' | 'missing' | Postponed> {
  const repository = await repositoryById(context.db, delivery.repository_id);
  if (repository.fetched_at === null) {
    await context.db.transaction((tx) => askForFetch(tx, context.now(), repository, change.sender));
    return { reason: 'the repository was never fetched; it is now', counts: true };
  }
  const directory = context.paths.mirror(repository.id);
  if (await contains(directory, await keptChangeHead(directory, change.number), change.headSha))
    return 'there';
  const fetched = await fetchHeadOf(context, repository, change, signal);
  if (fetched.kind === 'busy') return { reason: 'the mirror is being fetched', counts: false };
  return (await contains(directory, fetched.head, change.headSha)) ? 'there' : 'missing';
}

/** What lies in the history of the head belongs to the change; any other commit does not, wherever it is from. */
const contains = async (directory: string, head: string | null, sha: string): Promise<boolean> =>
  head !== null && (await hasCommit(directory, sha)) && (await isAncestor(directory, sha, head));

async function record(context: ProcessContext, delivery: DueDelivery, change: Change): Promise<undefined> {
  const { db, paths, now } = context;
  const { number, open, updatedAt, headSha, fork } = change;
  const repositoryId = delivery.repository_id;
  const { default_branch } = await repositoryById(db, repositoryId);
  const mirror = paths.mirror(repositoryId);
  const { triggers, words } = await triggersOf(mirror, delivery, change, default_branch ?? '');
  const at = now();
  await db.transaction(async (tx) => {
    const detail = `${nameOf(change)} at ${headSha.slice(0, 8)}${fork ? ', from a fork' : ''}${words}`;
    if (!(await finishDelivery(tx, at, delivery.id, { outcome: 'accepted', detail }))) return;
    await upsertChange(tx, at, { repositoryId, number, open, updatedAt });
    for (const trigger of triggers) await recordTrigger(tx, at, delivery.repository, trigger);
  });
}
