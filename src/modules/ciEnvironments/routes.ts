import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { deleteEnvironment } from './deleteEnvironment.ts';
import { listEnvironments } from './environments.ts';
import { setEnvironment } from './setEnvironment.ts';

export function registerCiEnvironmentRoutes(router: Router, db: Db): void {
  router.add(api.listWorkflowEnvironments, async ({ query, actor }) => ({
    items: await listEnvironments(db, actor, query.repository),
  }));
  router.add(api.setWorkflowEnvironment, ({ params, body, actor, now }) =>
    setEnvironment(db, now, actor, params, body),
  );
  router.add(api.deleteWorkflowEnvironment, async ({ params, query, actor, now }) => {
    await deleteEnvironment(db, now, actor, params, query.confirm);
    return undefined;
  });
}
