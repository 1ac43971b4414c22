import { z } from 'zod';
import { api } from '../../contract/index.ts';
import type { ProjectKey } from '../../contract/projects.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/http/idempotency.ts';
import type { Router } from '../../platform/http/router.ts';
import { lockDirectory } from '../teams/index.ts';
import { changeKey } from './changeKey.ts';
import { createKey, rotateKey } from './createKey.ts';
import { type KeyRow, selectKey } from './keyStore.ts';
import { type DsnSource, presentKey, presentKeys } from './present.ts';
import { findProject } from './projects.ts';
import { selectProjectOfKey } from './store.ts';

export function registerKeyRoutes(router: Router, db: Db, source: DsnSource): void {
  const { box } = source;
  router.add(api.listProjectKeys, async ({ params, actor }) => ({
    items: await presentKeys(db, source, actor, await findProject(db, params.project)),
  }));
  router.add(api.updateProjectKey, ({ params, query, body, actor, now }) =>
    db.transaction(async (tx) => {
      const changes = { ...body, confirm: query.confirm };
      const lock = await lockDirectory(tx);
      const { project, key } = await changeKey(lock, now, actor, params.project, params.key, changes);
      return presentKey(source, actor, project, key);
    }),
  );
  router.add(api.createProjectKey, async (call) => {
    const { params, body, actor, now } = call;
    const { body: made } = await once(db, call, async (tx) =>
      remembered(await createKey(await lockDirectory(tx), box, now, actor, params.project, body.label)),
    );
    return presentMade(db, source, actor, made);
  });
  router.add(api.rotateProjectKey, async (call) => {
    const { params, actor, now } = call;
    const { body: made } = await once(db, call, async (tx) =>
      remembered(await rotateKey(await lockDirectory(tx), box, now, actor, params.project)),
    );
    return presentMade(db, source, actor, made);
  });
}

const Made = z.object({ key_id: z.number().int() });

/** What is kept under an `Idempotency-Key`: which key was made. The answer would hold its secret in clear text. */
const remembered = (key: KeyRow): { status: number; body: z.infer<typeof Made> } => ({
  status: 201,
  body: { key_id: key.id },
});

async function presentMade(
  db: Queryable,
  source: DsnSource,
  actor: Actor,
  made: unknown,
): Promise<ProjectKey> {
  const key = await selectKey(db, Made.parse(made).key_id);
  const project = key && (await selectProjectOfKey(db, key.id));
  if (key === undefined || project === undefined)
    throw new AppError('not_found', 'the key was made, and its project has been deleted since');
  return presentKey(source, actor, project, key);
}
