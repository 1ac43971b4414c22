import { type Actor, assertMayDeploy } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { type Environment, findEnvironment } from '../apps/index.ts';
import { type EnvironmentLock, lockEnvironment } from './store.ts';

/**
 * Locks an environment for `actor`, who must be allowed to deploy there, and reads it as it is under the lock:
 * a configuration that is applied at the same time counts before it or after it, never half.
 */
export async function holdEnvironment(
  tx: Tx,
  actor: Actor,
  app: string,
  name: string,
): Promise<{ lock: EnvironmentLock; environment: Environment }> {
  const { id } = await findEnvironment(tx, app, name);
  const lock = await lockEnvironment(tx, id);
  const environment = await findEnvironment(tx, app, name);
  assertMayDeploy(actor, environment.app, environment.team);
  return { lock, environment };
}
