import { type Instance, type Look, noOrders } from './walk.ts';

/** Ends one job of a matrix, or a call, that never ran. */
export function skipInstance(
  { key, name, job }: Instance,
  conclusion: 'cancelled' | 'failure',
  reason: string,
): Look {
  const skip = [{ key, path: job.path, name, conclusion, reason, condition: null, blocked: false }];
  return { result: { conclusion, outputs: {} }, orders: { ...noOrders(), skip } };
}
