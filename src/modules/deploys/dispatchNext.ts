import { randomUUID } from 'node:crypto';
import { systemActor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { evaluateGates } from '../gates/index.ts';
import { leaseSeconds } from '../runners/index.ts';
import { loadEnvironmentFacts } from './gateFacts.ts';
import { selectEnvironmentsToDispatch } from './runnerStore.ts';
import { type DeployRow, type EnvironmentLock, selectLive, tryLockEnvironment } from './store.ts';
import { transitionDeploy } from './transitionDeploy.ts';

export interface Dispatched {
  readonly deploy: DeployRow;
  readonly leaseToken: string;
}

/**
 * Starts the next deploy whose gates allow it, on behalf of a runner with room for one. One environment at a
 * time, under its lock; one that somebody else holds right now is his to decide. The database's unique index
 * has the last word on "one active deploy per environment".
 */
export async function dispatchNext(db: Db, now: Date, runnerId: string): Promise<Dispatched | undefined> {
  for (const environment of await selectEnvironmentsToDispatch(db)) {
    const dispatched = await db.transaction(async (tx) => {
      const lock = await tryLockEnvironment(tx, environment.id);
      return lock && startFirstAllowed(lock, now, environment, runnerId);
    });
    if (dispatched !== undefined) return dispatched;
  }
  return undefined;
}

async function startFirstAllowed(
  lock: EnvironmentLock,
  now: Date,
  environment: { id: number; app: string; name: string },
  runnerId: string,
): Promise<Dispatched | undefined> {
  const facts = await loadEnvironmentFacts(lock.tx, now, environment);
  for (const queued of facts.queue) {
    const verdict = evaluateGates(await facts.factsFor(queued));
    if (!verdict.allowed) continue;
    const leaseToken = randomUUID();
    const deploy = await transitionDeploy(lock, now, systemActor.name, queued, {
      to: 'running',
      runnerId,
      leaseToken,
      leaseSeconds,
      notes: verdict.notes,
      previousSha: (await selectLive(lock.tx, environment.id))?.sha ?? null,
    });
    return { deploy, leaseToken };
  }
  return undefined;
}
