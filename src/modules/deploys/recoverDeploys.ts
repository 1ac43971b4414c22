import { systemActor } from '../../platform/actor.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { appendLine } from '../../platform/logfiles/index.ts';
import { selectOrphans } from './runnerStore.ts';
import { type EnvironmentLock, lockEnvironment, selectDeployById, selectSteps } from './store.ts';
import { type Transition, transitionDeploy } from './transitionDeploy.ts';

/**
 * Tells the truth about deploys whose runner vanished. A step that was running may have done anything, so it
 * is never run again by itself: the deploy failed, and says where. One that was being cancelled is cancelled.
 * One that was verifying is left to the next runner: looking twice does no harm.
 */
export async function recoverDeploys(db: Db, now: Date, paths: DataPaths): Promise<number> {
  let recovered = 0;
  for (const orphan of await selectOrphans(db)) {
    const line = await db.transaction(async (tx) => {
      const lock = await lockEnvironment(tx, orphan.environment_id);
      return settle(lock, now, orphan.id);
    });
    if (line === undefined) continue;
    recovered += 1;
    await appendLine(paths.deployLog(orphan.id), line, now);
  }
  return recovered;
}

async function settle(lock: EnvironmentLock, now: Date, deployId: number): Promise<string | undefined> {
  const still = (await selectOrphans(lock.tx)).some((orphan) => orphan.id === deployId);
  if (!still) return undefined;
  const deploy = await selectDeployById(lock.tx, deployId);
  if (deploy.state !== 'running' && deploy.state !== 'cancelling') return undefined;
  const transition: Transition =
    deploy.state === 'cancelling'
      ? {
          to: 'cancelled',
          result: `cancelled by ${deploy.cancel_requested_by}; its runner vanished meanwhile`,
        }
      : { to: 'failed', result: await whatVanished(lock, deployId) };
  await transitionDeploy(lock, now, systemActor.name, deploy, transition);
  return transition.result;
}

async function whatVanished(lock: EnvironmentLock, deployId: number): Promise<string> {
  const steps = await selectSteps(lock.tx, deployId);
  const running = steps.find((step) => step.state === 'running');
  const advice = 're-deploy, or roll back';
  if (running !== undefined) {
    return `the runner vanished during step ${running.position} "${running.name}"; how far it got is unknown: look at the environment, then ${advice}`;
  }
  const done = steps.filter((step) => step.state === 'succeeded').length;
  return `the runner vanished after ${done} of ${steps.length} steps; the environment may be half-way: ${advice}`;
}
