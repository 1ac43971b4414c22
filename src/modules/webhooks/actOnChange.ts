import {
  findObjects,
  hasCommit,
  isAncestor,
  keptChangeHead,
  refNameProblem,
} from '../../platform/git/index.ts';
import { askForFetch, fetchHeadOf, repositoryById } from '../repositories/index.ts';
import { recordTrigger } from '../triggers/index.ts';
import { upsertChange } from './changeStore.ts';
import { type DueDelivery, finishDelivery } from './deliveryStore.ts';
import { isObject, textAt, valueAt } from './json.ts';
import type { Postponed, ProcessContext } from './processing.ts';
import type { Change } from './translate/meaning.ts';

/** Where they are kept, heads follow the news of them within seconds. */
const attemptsUntilStale = 4;

/**
 * Brings the head of a pull or merge request into the mirror, then records what its workflows start by. A head that is
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
  const { number, open, updatedAt, sender, headSha, fork } = change;
  const repositoryId = delivery.repository_id;
  const payload = await withBaseSha(paths.mirror(repositoryId), change.payload);
  const at = now();
  await db.transaction(async (tx) => {
    const detail = `${nameOf(change)} at ${headSha.slice(0, 8)}${fork ? ', from a fork' : ''}`;
    if (!(await finishDelivery(tx, at, delivery.id, { outcome: 'accepted', detail }))) return;
    await upsertChange(tx, at, { repositoryId, number, open, updatedAt });
    await recordTrigger(tx, at, delivery.repository, {
      repositoryId,
      event: 'pull_request',
      ref: `refs/pull/${number}/merge`,
      sha: headSha,
      before: null,
      actor: sender,
      source: 'webhook',
      payload,
      trusted: !fork,
      // What was signed, and not the name beside it, which anybody can change who has caught a delivery.
      key: `webhook:${delivery.digest}`,
    });
  });
}

/** GitLab does not say where the branch stands that a change is for; the mirror does. */
async function withBaseSha(
  directory: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const request = valueAt(payload, 'pull_request');
  const base = valueAt(request, 'base');
  const branch = textAt(base, 'ref') ?? '';
  if (!isObject(request) || !isObject(base) || textAt(base, 'sha') !== undefined) return payload;
  if (refNameProblem(branch) !== null) return payload;
  const [found] = await findObjects(directory, [`refs/heads/${branch}`]);
  return { ...payload, pull_request: { ...request, base: { ...base, sha: found?.sha ?? null } } };
}
