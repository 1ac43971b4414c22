import { type Actor, assertMayDeploy } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { findEnvironment } from '../apps/index.ts';
import type { History } from '../repositories/index.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { queueDeploy } from './requestDeploy.ts';
import { type DeployRow, lockEnvironment } from './store.ts';

/**
 * Ships the commit of an earlier deploy again, with the configuration of now. Of a release that was good
 * there it passes locks, whatever is live: the gates see to that.
 */
export async function redeploy(
  tx: Tx,
  history: History,
  now: Date,
  actor: Actor,
  id: DeployId,
  force: { reason: string } | undefined,
): Promise<DeployRow> {
  const environment = await findEnvironment(tx, id.app, id.environment);
  assertMayDeploy(actor, environment.app, environment.team);
  const earlier = await findDeploy(tx, id);
  const lock = await lockEnvironment(tx, environment.id);
  return queueDeploy(lock, history, now, actor, environment, {
    kind: 'redeploy',
    ref: earlier.ref.startsWith(':') ? earlier.sha : earlier.ref,
    sha: earlier.sha,
    forceReason: force?.reason ?? null,
  });
}
