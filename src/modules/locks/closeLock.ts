import type { Lock } from '../../contract/locks.ts';
import { type Actor, assertMayDeploy, hasRole, systemActor } from '../../platform/actor.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { presentLock, scopeOf } from './locks.ts';
import { closeLockRow, holdEnvironments, type LockRow, selectExpired, selectOpenLock } from './store.ts';

/**
 * What becomes of the deploys that waited behind a lock: given the lock and whether they shall start,
 * answers their names. The deploys module provides it; locks know nothing of deploys.
 */
export type ReleaseWaiting = (
  tx: Tx,
  now: Date,
  lock: { app: string | null; environment: string | null },
  outcome: { start: boolean; heldReason: string; actor: Actor },
) => Promise<string[]>;

export interface Unlocked {
  lock: Lock;
  waiting: string[];
}

/** Closes a lock. What waited behind it stays held unless `startWaiting`. */
export async function unlock(
  db: Db,
  now: Date,
  actor: Actor,
  input: { id: number; startWaiting: boolean },
  releaseWaiting: ReleaseWaiting,
): Promise<Unlocked> {
  return db.transaction(async (tx) => {
    const row = await selectOpenLock(tx, input.id);
    if (row === undefined) throw notOpen(input.id);
    assertMayUnlock(actor, row);
    const unlocked = await close(tx, now, actor, row, input.startWaiting, releaseWaiting);
    if (unlocked === undefined) throw notOpen(input.id);
    return unlocked;
  });
}

const notOpen = (id: number) =>
  new AppError('not_found', `there is no open lock ${id}; slipway status lists the open ones`);

function assertMayUnlock(actor: Actor, row: LockRow): void {
  if (row.app !== null && row.team !== null) assertMayDeploy(actor, row.app, row.team);
  else if (!hasRole(actor, 'admin')) throw new AppError('forbidden', 'unlocking everything takes an admin');
}

/** Closes the locks whose time has come. Nobody asked for what waited to start, so it stays held. */
export async function closeExpiredLocks(db: Db, now: Date, releaseWaiting: ReleaseWaiting): Promise<void> {
  for (const { id } of await selectExpired(db, now)) {
    await db.transaction(async (tx) => {
      const row = await selectOpenLock(tx, id);
      if (row !== undefined) await close(tx, now, systemActor, row, false, releaseWaiting);
    });
  }
}

/** Closes it and settles what waited; undefined when somebody else closed it first. */
async function close(
  tx: Tx,
  now: Date,
  actor: Actor,
  row: LockRow,
  start: boolean,
  releaseWaiting: ReleaseWaiting,
): Promise<Unlocked | undefined> {
  const scope = scopeOf(row);
  const how = actor.kind === 'system' ? `the lock on ${scope} expired` : `${actor.name} unlocked ${scope}`;
  await holdEnvironments(tx, { appId: row.app_id, environmentId: row.environment_id });
  if (!(await closeLockRow(tx, now, row.id, actor.name))) return undefined;
  const heldReason = `${how} without starting what waited`;
  const waiting = await releaseWaiting(tx, now, row, { start, heldReason, actor });
  await audit(tx, now, actor, actor.kind === 'system' ? 'lock.expire' : 'lock.close', scope, {
    reason: row.reason,
    waiting,
    started: start,
  });
  await appendEvent(tx, now, {
    kind: 'lock.closed',
    subject: scope,
    actor: actor.name,
    data: { id: row.id, waiting, started: start },
  });
  return { lock: presentLock(row), waiting };
}
