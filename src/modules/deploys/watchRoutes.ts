import { api } from '../../contract/index.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { findDeploy } from './findDeploy.ts';
import { outlineLog } from './outlineLog.ts';
import { selectSteps } from './store.ts';
import { stopWatching, watchDeploy } from './watchDeploy.ts';

/** What somebody who looks at one deploy needs beyond it: how its log is laid out, and who else looks. */
export function registerWatchRoutes(router: Router, db: Db, paths: DataPaths): void {
  router.add(api.logOutline, async ({ params, request }) => {
    const deploy = await findDeploy(db, params);
    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    return outlineLog(paths.deployLog(deploy.id), deploy, await selectSteps(db, deploy.id), gone.signal);
  });
  router.add(api.watchDeploy, async ({ params, actor, now }) => {
    const watchers = await watchDeploy(db, now, actor, params);
    return { items: watchers.map(({ name, since }) => ({ name, since: since.toISOString() })) };
  });
  router.add(api.stopWatching, async ({ params, actor }) => {
    await stopWatching(db, actor, params);
    return undefined;
  });
}
