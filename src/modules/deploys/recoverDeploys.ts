import { systemActor } from '../../platform/actor.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { endOrphan } from '../runners/index.ts';
import { holdsOrphan, selectOrphans } from './runnerStore.ts';
import { sayInLog } from './sayInLog.ts';
import {
  type DeployRow,
  type EnvironmentLock,
  lockEnvironment,
  selectDeployById,
  selectSteps,
} from './store.ts';
import { type Transition, transitionDeploy } from './transitionDeploy.ts';

/**
 * Tells the truth about deploys whose runner vanished. A step that was running may have done anything, so it
 * is never run again by itself: the deploy failed, and says where. One that was being cancelled is cancelled.
 * One that was verifying is left to the next runner: looking twice does no harm.
 */
export async function recoverDeploys(db: Db, now: Date, paths: DataPaths): Promise<number> {
  let recovered = 0;
  for (const orphan of await selectOrphans(db, ['running', 'cancelling'])) {
    await endOrphan(orphan);
    const settled = await db.transaction(async (tx) => {
      const lock = await lockEnvironment(tx, orphan.environment_id);
      return (await holdsOrphan(lock, orphan)) && (await settle(lock, now, orphan.id, paths));
    });
    if (settled) recovered += 1;
  }
  return recovered;
}

async function settle(
  lock: EnvironmentLock,
  now: Date,
  deployId: number,
  paths: DataPaths,
): Promise<boolean> {
  const deploy = await selectDeployById(lock.tx, deployId);
  const transition = await endingOf(lock, deploy);
  if (transition === undefined) return false;
  // Before the state says that nothing more comes, and under the lock, so that there is one writer.
  const written = await sayInLog(paths.deployLog(deployId), transition.result, now);
  const result = written ? transition.result : `${transition.result} (its log cannot be written)`;
  await transitionDeploy(lock, now, systemActor.name, deploy, { ...transition, result });
  return true;
}

type Ending = Extract<Transition, { result: string }>;

async function endingOf(lock: EnvironmentLock, deploy: DeployRow): Promise<Ending | undefined> {
  if (deploy.state === 'running') return { to: 'failed', result: await whatVanished(lock, deploy.id) };
  if (deploy.state !== 'cancelling') return undefined;
  return {
    to: 'cancelled',
    result: `cancelled by ${deploy.cancel_requested_by}; its runner vanished meanwhile`,
  };
}

async function whatVanished(lock: EnvironmentLock, deployId: number): Promise<string> {
  const steps = await selectSteps(lock.tx, deployId);
  const running = steps.find((step) => step.state === 'running');
  const advice = 're-deploy, or roll back';
  if (running !== undefined) {
    return `the runner vanished during step ${running.position} "${running.name}"; how far it got is unknown: look at the environment, then ${advice}`;
  }
  const done = steps.filter((step) => step.state === 'succeeded').length;
  if (steps.every((step) => step.state === 'pending'))
    return 'the runner vanished before the first step, so nothing was run; re-deploy';
  return `the runner vanished after ${done} of ${steps.length} steps; the environment may be half-way: ${advice}`;
}
