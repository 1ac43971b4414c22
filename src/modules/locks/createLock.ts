import { readableTime } from '../../contract/common.ts';
import type { Lock } from '../../contract/locks.ts';
import { type Actor, assertMayDeploy, hasRole } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { findApp, findEnvironment } from '../apps/index.ts';
import { audit } from '../audit/index.ts';
import { presentLock } from './locks.ts';
import { holdEnvironments, insertLock, type LockScope, selectOpenLock, selectOpenLocks } from './store.ts';

export interface LockInput {
  app?: string | undefined;
  environment?: string | undefined;
  reason: string;
  expires_at?: string | undefined;
}

/** Locks a scope. A scope that is locked already is a conflict that names who holds it and why. */
export async function createLock(tx: Tx, now: Date, actor: Actor, input: LockInput): Promise<Lock> {
  const { scope, name } = await lockScope(tx, actor, input);
  const expiresAt = parseExpiry(input.expires_at, now);
  await holdEnvironments(tx, scope);
  const created = await insertLock(tx, now, { ...scope, reason: input.reason, by: actor.name, expiresAt });
  if (created === undefined) throw await alreadyLocked(tx, name, input);
  await audit(tx, now, actor, 'lock.create', name, { reason: input.reason, expires_at: expiresAt });
  await appendEvent(tx, now, {
    kind: 'lock.created',
    subject: name,
    actor: actor.name,
    data: { id: created.id, reason: input.reason },
  });
  const row = await selectOpenLock(tx, created.id);
  if (row === undefined) throw new Error(`lock ${created.id} vanished in its own transaction`);
  return presentLock(row);
}

async function lockScope(
  tx: Tx,
  actor: Actor,
  input: LockInput,
): Promise<{ scope: LockScope; name: string }> {
  if (input.app === undefined) {
    if (input.environment !== undefined)
      throw new AppError('invalid_input', 'body.environment: name its app too');
    if (!hasRole(actor, 'admin'))
      throw new AppError('forbidden', 'locking everything takes an admin; lock an app of your team instead');
    return { scope: { appId: null, environmentId: null }, name: 'everything' };
  }
  if (input.environment === undefined) {
    const app = await findApp(tx, input.app);
    assertMayDeploy(actor, app.name, app.team);
    return { scope: { appId: app.id, environmentId: null }, name: app.name };
  }
  const environment = await findEnvironment(tx, input.app, input.environment);
  assertMayDeploy(actor, environment.app, environment.team);
  return {
    scope: { appId: environment.appId, environmentId: environment.id },
    name: `${environment.app}/${environment.name}`,
  };
}

function parseExpiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const at = new Date(text);
  if (at <= now) throw new AppError('invalid_input', `body.expires_at: ${text} is in the past`);
  return at;
}

async function alreadyLocked(tx: Tx, name: string, input: LockInput): Promise<AppError> {
  const open = (await selectOpenLocks(tx)).find(
    (lock) => lock.app === (input.app ?? null) && lock.environment === (input.environment ?? null),
  );
  const holder = open ? ` by ${open.created_by} since ${readableTime(open.created_at)}: ${open.reason}` : '';
  return new AppError('conflict', `${name} is already locked${holder}`, { lock_id: open?.id });
}
