import type { Tx } from '../../platform/db/database.ts';
import { lockRun, type RunLock } from './runStore.ts';
import type { RunsContext } from './runsContext.ts';

/**
 * One turn of deciding about a run, under its lock. What it tells others waits for the end of the turn, behind `later`:
 * events are appended under a lock of their own, which must come after those of all rows.
 */
export interface Turn {
  readonly context: Pick<RunsContext, 'publicUrl' | 'planner'>;
  readonly lock: RunLock;
  readonly now: Date;
  later(tell: () => Promise<void>): void;
}

/** Takes a turn with a run; undefined when there is no such run. */
export async function takeTurn<T>(
  context: RunsContext,
  tx: Tx,
  runId: number,
  work: (turn: Turn) => Promise<T>,
): Promise<T | undefined> {
  const lock = await lockRun(tx, runId);
  if (lock === undefined) return undefined;
  const told: (() => Promise<void>)[] = [];
  const result = await work({ context, lock, now: context.now(), later: (tell) => void told.push(tell) });
  for (const tell of told) await tell();
  return result;
}
