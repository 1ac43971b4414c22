import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { lockDirectory } from '../teams/index.ts';
import { changeProject } from './changeProject.ts';
import { createProject } from './createProject.ts';
import { deleteProject } from './deleteProject.ts';
import { registerKeyRoutes } from './keyRoutes.ts';
import { listProjects } from './listProjects.ts';
import { type DsnSource, presentDetail } from './present.ts';
import { findProject } from './projects.ts';

export function registerProjectRoutes(router: Router, db: Db, source: DsnSource): void {
  router.add(api.listProjects, ({ query, actor }) => listProjects(db, source, actor, query));
  router.add(api.showProject, async ({ params, actor }) =>
    presentDetail(db, source, actor, await findProject(db, params.project)),
  );
  router.add(api.createProject, ({ body, actor, now }) =>
    db.transaction(async (tx) => {
      const project = await createProject(await lockDirectory(tx), source.box, now, actor, body);
      return presentDetail(tx, source, actor, project);
    }),
  );
  router.add(api.updateProject, ({ params, body, actor, now }) =>
    db.transaction(async (tx) => {
      const project = await changeProject(await lockDirectory(tx), now, actor, params.project, body);
      return presentDetail(tx, source, actor, project);
    }),
  );
  router.add(api.deleteProject, async ({ params, query, actor, now }) => {
    await db.transaction(async (tx) =>
      deleteProject(await lockDirectory(tx), now, actor, params.project, query.confirm),
    );
    return undefined;
  });
  registerKeyRoutes(router, db, source);
}
