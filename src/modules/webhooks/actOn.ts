import { assertNever } from '../../platform/errors.ts';
import { askForFetch } from '../repositories/index.ts';
import { announcePush } from '../triggers/index.ts';
import { actOnChange } from './actOnChange.ts';
import { actOnGroup } from './actOnGroup.ts';
import { type DueDelivery, finishDelivery, type Outcome } from './deliveryStore.ts';
import type { Postponed, ProcessContext } from './processing.ts';
import { readPayload } from './readPayload.ts';
import type { Meaning } from './translate/meaning.ts';
import { readMeaning } from './translate/readMeaning.ts';

/** Does what a delivery asks for, and finishes it in the same transaction; or says why it has to wait. */
export async function actOn(
  context: ProcessContext,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<Postponed | undefined> {
  const payload = readPayload(delivery.content_type, delivery.body);
  const meaning = readMeaning(delivery.provider, delivery.event, payload);
  switch (meaning.kind) {
    case 'ping':
      return finish(context, delivery, 'accepted', 'a ping: the webhook works');
    case 'ignored':
      return finish(context, delivery, 'ignored', meaning.reason);
    case 'push':
      return actOnPush(context, delivery, meaning);
    case 'change':
      return actOnChange(context, delivery, meaning.change, signal);
    case 'group':
      return actOnGroup(context, delivery, meaning.group);
    default:
      return assertNever(meaning);
  }
}

async function finish(
  { db, now }: ProcessContext,
  delivery: DueDelivery,
  outcome: Outcome,
  detail: string,
): Promise<undefined> {
  await db.transaction((tx) => finishDelivery(tx, now(), delivery.id, { outcome, detail }));
}

/**
 * A push is believed no further than that it is worth looking: the fetch finds what is true. So it does no harm when it
 * comes late, twice, or after a newer one.
 */
async function actOnPush(
  { db, now }: ProcessContext,
  delivery: DueDelivery,
  { pushed, summary }: Meaning & { kind: 'push' },
): Promise<undefined> {
  const at = now();
  const repository = { id: delivery.repository_id, name: delivery.repository };
  await db.transaction(async (tx) => {
    const detail = `${summary}; the mirror is fetched`;
    if (!(await finishDelivery(tx, at, delivery.id, { outcome: 'accepted', detail }))) return;
    if (pushed !== undefined) {
      const { ref, sha, sender } = pushed;
      await announcePush(tx, at, { repositoryId: repository.id, ref, sha, actor: sender });
    }
    await askForFetch(tx, at, repository, pushed?.sender ?? delivery.provider);
  });
}
