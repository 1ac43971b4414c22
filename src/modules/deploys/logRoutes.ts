import { isFinal } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { addLogRoutes } from '../../platform/http/logRoutes.ts';
import type { Router } from '../../platform/http/router.ts';
import { findDeploy } from './findDeploy.ts';
import { selectDeployById } from './store.ts';

/** The log of a deploy. */
export function registerLogRoutes(router: Router, db: Db, paths: DataPaths, shutdown: AbortSignal): void {
  const { log, logLines: lines, searchLog: search, followLog: follow } = api;
  addLogRoutes(router, { log, lines, search, follow }, shutdown, async (params) => {
    const { id, app, environment, number, state } = await findDeploy(db, params);
    return {
      path: paths.deployLog(id),
      name: `${app}-${environment}-${number}.log`,
      finished: isFinal(state),
      state: async () => {
        const { state, result } = await selectDeployById(db, id);
        return { finished: isFinal(state), end: { state, result } };
      },
    };
  });
}
