import { AppError } from '../../platform/errors.ts';
import { actOn } from './actOn.ts';
import {
  type DueDelivery,
  extendDeliveryLease,
  finishDelivery,
  leaseDelivery,
  postponeDelivery,
} from './deliveryStore.ts';
import type { ProcessContext } from './processing.ts';
import { storableText } from './readPayload.ts';

const leaseSeconds = 10;
const extendEveryMs = 3000;
/** With pauses that double, from two seconds on: about eight minutes. */
const mostAttempts = 8;

/**
 * Acts on the oldest delivery that waits; answers false when none does. The lease keeps others away and runs out by
 * itself when this process dies. One that cannot be acted on is tried again, later than those behind it, and in the end
 * recorded as failed with its reason.
 */
export async function processNextDelivery(context: ProcessContext, signal: AbortSignal): Promise<boolean> {
  const delivery = await leaseDelivery(context.db, leaseSeconds);
  if (delivery === undefined) return false;
  const extend = setInterval(
    () => void extendDeliveryLease(context.db, delivery.id, leaseSeconds).catch(() => {}),
    extendEveryMs,
  );
  try {
    if (delivery.attempts > mostAttempts) throw endedEachTime();
    const postponed = await actOn(context, delivery, signal);
    if (postponed !== undefined) await later(context, delivery, postponed.reason, postponed.counts);
  } catch (error) {
    if (signal.aborted) await later(context, delivery, 'Slipway was stopped meanwhile', false);
    else await settleFailure(context, delivery, error);
  } finally {
    clearInterval(extend);
  }
  return true;
}

const endedEachTime = (): AppError =>
  new AppError('invalid_input', `Slipway ended ${mostAttempts} times while it acted on this`);

async function settleFailure(context: ProcessContext, delivery: DueDelivery, error: unknown): Promise<void> {
  const detail = storableText(error instanceof Error ? error.message : String(error)).slice(0, 1000);
  // What cannot be read will not be readable later.
  const isFinal = error instanceof AppError && error.code === 'invalid_input';
  if (!isFinal && delivery.attempts < mostAttempts) return later(context, delivery, detail, true);
  await context.db.transaction((tx) =>
    finishDelivery(tx, context.now(), delivery.id, { outcome: 'failed', detail }),
  );
}

const busySeconds = 1;

async function later(
  { db }: ProcessContext,
  delivery: DueDelivery,
  detail: string,
  counts: boolean,
): Promise<void> {
  const seconds = counts ? 2 ** delivery.attempts : busySeconds;
  await postponeDelivery(db, delivery.id, { seconds, detail, counts });
}
