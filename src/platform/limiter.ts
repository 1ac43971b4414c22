import { AppError } from './errors.ts';

/** Runs tasks, at most so many at once and others in the order in which they came. */
export type Limiter = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** Throws `rate_limited` for a task that would have to wait behind `maxWaiting` others, which are `what`. */
export function limiter(maxRunning: number, maxWaiting: number, what: string): Limiter {
  let running = 0;
  const waiting: Array<() => void> = [];

  const enter = async (): Promise<void> => {
    if (running < maxRunning) {
      running += 1;
      return;
    }
    if (waiting.length >= maxWaiting) {
      throw new AppError('rate_limited', `too many ${what} at once; try again in a few seconds`);
    }
    // Who leaves hands the place over: `running` stays as it is, and nobody can come in between.
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    await promise;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return async (task) => {
    await enter();
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
