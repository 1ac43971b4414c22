import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, UnreachableError } from '../../contract/client.ts';
import { AppError } from '../../platform/errors.ts';

/** Whether trying again may help: the connection broke, or Slipway or its database is away for a moment. */
export function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  const code =
    error instanceof ApiError ? error.problem.code : error instanceof AppError ? error.code : undefined;
  return code === 'unavailable';
}

const pausesMs = [200, 400, 800, 1600, 3000];

/** Repeats work that is safe to repeat while what stops it is passing, for about six seconds. */
export async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await delay(pauseMs);
    }
  }
  return work();
}
