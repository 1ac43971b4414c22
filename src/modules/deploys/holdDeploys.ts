import { type Actor, assertMayDeploy } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { listEnvironments } from '../apps/index.ts';
import { audit } from '../audit/index.ts';
import { passesLocks } from '../gates/index.ts';
import { covers, type ReleaseWaiting } from '../locks/index.ts';
import { clearHeld, setHeld } from './changeStore.ts';
import { deployName, goodReleases } from './deploy.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { type DeployRow, lockEnvironment, selectDeployById, selectQueue, selectReleases } from './store.ts';

/**
 * What becomes of the deploys that waited behind a lock that is being closed: they start only if that was
 * asked for; otherwise they are held until somebody starts them one by one.
 */
export const releaseWaiting: ReleaseWaiting = async (tx, now, lock, outcome) => {
  const names: string[] = [];
  const covered = (await listEnvironments(tx)).filter((environment) =>
    covers(lock, environment.app, environment.name),
  );
  // In order of id, so that two that lock several environments never wait for each other.
  for (const environment of covered.sort((a, b) => a.id - b.id)) {
    const held = await lockEnvironment(tx, environment.id);
    const good = new Set(
      goodReleases(await selectReleases(tx, environment.id)).map((release) => release.sha),
    );
    for (const row of await selectQueue(tx, environment.id)) {
      if (row.held_at !== null || passesLocks({ kind: row.kind, goodHere: good.has(row.sha) })) continue;
      names.push(deployName(row.app, row.environment, row.number));
      if (!outcome.start) await setHeld(held, now, row.id, outcome.heldReason);
    }
  }
  return names;
};

/** Lets a held deploy go on. One that is not held is told so. */
export async function startHeld(db: Db, now: Date, actor: Actor, id: DeployId): Promise<DeployRow> {
  const found = await findDeploy(db, id);
  assertMayDeploy(actor, found.app, found.team);
  return db.transaction(async (tx) => {
    const lock = await lockEnvironment(tx, found.environment_id);
    const name = deployName(found.app, found.environment, found.number);
    if (!(await clearHeld(lock, found.id))) {
      const { state } = await selectDeployById(tx, found.id);
      const advice = state === 'queued' ? `see slipway why ${name}` : 'only a held one can be started';
      throw new AppError('invalid_transition', `${name} is ${state} and not held; ${advice}`, { state });
    }
    await audit(tx, now, actor, 'deploy.start', name);
    await appendEvent(tx, now, { kind: 'deploy.released', subject: name, actor: actor.name });
    return selectDeployById(tx, found.id);
  });
}
