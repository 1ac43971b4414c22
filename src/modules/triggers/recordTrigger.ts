import type { Tx } from '../../platform/db/database.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { insertTrigger } from './store.ts';
import type { NewTrigger } from './triggers.ts';

/**
 * Records what may start workflows, in the transaction that made it true. Answers its id; undefined when one of its
 * key was recorded before, and nothing more is to happen.
 */
export async function recordTrigger(
  tx: Tx,
  now: Date,
  repository: string,
  trigger: NewTrigger,
): Promise<number | undefined> {
  const inserted = await insertTrigger(tx, now, trigger);
  if (inserted === undefined) return undefined;
  const { event, ref, sha, actor } = trigger;
  await appendEvent(tx, now, {
    kind: 'trigger.recorded',
    subject: repository,
    actor,
    data: { event, ref, sha },
  });
  return inserted.id;
}
