import { readableTime } from '../../contract/common.ts';
import { type Actor, assertMayDeploy } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { deployName } from './deploy.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { type DeployRow, lockEnvironment, selectDeployById } from './store.ts';
import { transitionDeploy } from './transitionDeploy.ts';

/**
 * Cancels a deploy: a queued one at once, an active one by its runner, which ends the whole process tree.
 * Asking again while it is being cancelled changes nothing; a finished one is an invalid transition.
 */
export async function cancelDeploy(db: Db, now: Date, actor: Actor, id: DeployId): Promise<DeployRow> {
  const found = await findDeploy(db, id);
  assertMayDeploy(actor, found.app, found.team);
  return db.transaction(async (tx) => {
    const lock = await lockEnvironment(tx, found.environment_id);
    const deploy = await selectDeployById(tx, found.id);
    const name = deployName(deploy.app, deploy.environment, deploy.number);
    if (deploy.state === 'cancelling') return deploy;
    if (deploy.finished_at !== null) {
      throw new AppError(
        'invalid_transition',
        `${name} is ${deploy.state} since ${readableTime(deploy.finished_at)}; there is nothing to cancel`,
        { state: deploy.state },
      );
    }
    await audit(tx, now, actor, 'deploy.cancel', name);
    return deploy.state === 'queued'
      ? transitionDeploy(lock, now, actor.name, deploy, {
          to: 'cancelled',
          result: `cancelled by ${actor.name} before it started`,
        })
      : transitionDeploy(lock, now, actor.name, deploy, { to: 'cancelling' });
  });
}
