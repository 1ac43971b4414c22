import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { addTeamMember, createTeam, listTeams, removeTeamMember } from './teams.ts';

export function registerTeamRoutes(router: Router, db: Db): void {
  router.add(api.listTeams, async () => ({ items: await listTeams(db) }));
  router.add(api.createTeam, ({ body, actor, now }) => createTeam(db, now, actor, body.slug, body.name));
  router.add(api.addTeamMember, ({ params, actor, now }) =>
    addTeamMember(db, now, actor, params.team, params.username),
  );
  router.add(api.removeTeamMember, ({ params, actor, now }) =>
    removeTeamMember(db, now, actor, params.team, params.username),
  );
}
