import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { History } from '../repositories/index.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { holdEnvironment } from './holdEnvironment.ts';
import { queueDeploy, underWay } from './requestDeploy.ts';
import { type DeployRow, selectUnderWay } from './store.ts';

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
  const { lock, environment } = await holdEnvironment(tx, actor, id.app, id.environment);
  const earlier = await findDeploy(tx, id);
  const same = await selectUnderWay(tx, environment.id, earlier.sha);
  if (same !== undefined && force === undefined) throw underWay(same);
  return queueDeploy(lock, history, now, actor, environment, {
    kind: 'redeploy',
    ref: earlier.ref.startsWith(':') ? earlier.sha : earlier.ref,
    sha: earlier.sha,
    forceReason: force?.reason ?? null,
  });
}
