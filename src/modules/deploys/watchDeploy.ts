import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { deleteGone, deleteWatcher, selectWatchers, upsertWatcher, type WatcherRow } from './watcherStore.ts';

/** Who was not heard of for so long looks no more: two of the beats that clients send every 20 s, and some. */
const goneAfterMs = 45_000;

/** Says that `actor` looks at a deploy, and answers all who do. */
export async function watchDeploy(db: Db, now: Date, actor: Actor, id: DeployId): Promise<WatcherRow[]> {
  const deploy = await findDeploy(db, id);
  const goneBefore = new Date(now.getTime() - goneAfterMs);
  await upsertWatcher(db, now, goneBefore, { deployId: deploy.id, name: actor.name });
  await deleteGone(db, goneBefore);
  return selectWatchers(db, deploy.id, goneBefore);
}

/** Says that `actor` looks elsewhere now. */
export async function stopWatching(db: Db, actor: Actor, id: DeployId): Promise<void> {
  const deploy = await findDeploy(db, id);
  await deleteWatcher(db, { deployId: deploy.id, name: actor.name });
}
