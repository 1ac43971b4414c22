import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { drainNamed } from './drainNamed.ts';
import { createRunnerToken, listRunnerTokens, revokeRunnerToken } from './tokens.ts';

/** What admins do about runners on other machines. */
export function registerRunnerTokenRoutes(router: Router, db: Db): void {
  router.add(api.listRunnerTokens, async () => ({ items: await listRunnerTokens(db) }));
  router.add(api.createRunnerToken, ({ body, actor, now }) => createRunnerToken(db, now, actor, body));
  router.add(api.revokeRunnerToken, async ({ params, actor, now }) => {
    await revokeRunnerToken(db, now, actor, params.id);
    return undefined;
  });
  router.add(api.drainRunner, async ({ params, actor, now }) => {
    await drainNamed(db, now, actor, params.runner);
    return undefined;
  });
}
