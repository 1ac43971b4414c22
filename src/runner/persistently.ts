import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../platform/errors.ts';
import { Stop } from './stop.ts';

const firstPauseMs = 100;
const longestPauseMs = 2000;
const giveUpMs = 5 * 60_000;
/** A shutdown is not held up for longer. */
const giveUpWhenStoppingMs = 10_000;

/**
 * Reports to Slipway until it is heard: a database that restarts must not lose how a step ended. Gives up when
 * the lease is lost, soon when the runner is being stopped, and after five minutes in any case; by then others
 * have told what could be told. What Slipway refuses is not asked again.
 */
export async function persistently<Answer>(
  signal: AbortSignal,
  report: () => Promise<Answer>,
): Promise<Answer> {
  const began = performance.now();
  let stoppingSince: number | undefined;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await report();
    } catch (error) {
      if (error instanceof AppError && error.code !== 'unavailable') throw error;
      if (isAbortedAs('lost', signal)) throw error;
      if (isAbortedAs('stopped', signal)) stoppingSince ??= performance.now();
      if (isOver(began, giveUpMs) || isOver(stoppingSince, giveUpWhenStoppingMs)) throw error;
      await sleep(pause);
    }
  }
}

const isAbortedAs = (kind: Stop['kind'], signal: AbortSignal): boolean =>
  signal.reason instanceof Stop && signal.reason.kind === kind;

const isOver = (since: number | undefined, limitMs: number): boolean =>
  since !== undefined && performance.now() - since > limitMs;
