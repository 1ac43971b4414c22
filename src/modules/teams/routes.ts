import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { changeTeam } from './changeTeam.ts';
import { deleteTeam } from './deleteTeam.ts';
import { addTeamMember, removeTeamMember } from './members.ts';
import { createTeam, listTeams, showTeam } from './teams.ts';

export function registerTeamRoutes(router: Router, db: Db): void {
  router.add(api.listTeams, async () => ({ items: await listTeams(db) }));
  router.add(api.showTeam, ({ params }) => showTeam(db, params.team));
  router.add(api.createTeam, ({ body, actor, now }) => createTeam(db, now, actor, body.slug, body.name));
  router.add(api.updateTeam, ({ params, body, actor, now }) => changeTeam(db, now, actor, params.team, body));
  router.add(api.deleteTeam, async ({ params, query, actor, now }) => {
    await deleteTeam(db, now, actor, params.team, query.confirm);
    return undefined;
  });
  router.add(api.addTeamMember, ({ params, actor, now }) =>
    addTeamMember(db, now, actor, params.team, params.username),
  );
  router.add(api.removeTeamMember, ({ params, actor, now }) =>
    removeTeamMember(db, now, actor, params.team, params.username),
  );
}
