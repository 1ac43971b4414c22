import type { Lock } from '../../contract/locks.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { presentLock } from './locks.ts';
import { selectOpenLocks } from './store.ts';

/** All open locks, widest first. */
export async function openLocks(db: Queryable): Promise<Lock[]> {
  return (await selectOpenLocks(db)).map(presentLock);
}
