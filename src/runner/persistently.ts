import { setTimeout as sleep } from 'node:timers/promises';
import type { LeaseState } from '../contract/runner.ts';

const firstPauseMs = 100;
const longestPauseMs = 2000;
const giveUpMs = 5 * 60_000;

/**
 * Reports to Slipway until it is heard: a database that restarts must not lose how a step ended. Gives up
 * after five minutes; by then the lease is long lost and others have told what could be told.
 */
export async function persistently(report: () => Promise<LeaseState>): Promise<LeaseState> {
  const deadline = Date.now() + giveUpMs;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await report();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(pause);
    }
  }
}
