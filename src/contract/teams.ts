import { z } from 'zod';
import { DisplayName, Name, Nothing } from './common.ts';
import { endpoint } from './endpoint.ts';

export const Team = z
  .object({ slug: z.string(), name: z.string(), members: z.array(z.string()) })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

export const TeamDetail = Team.extend({
  apps: z.array(z.string()),
  projects: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string() })),
}).meta({ id: 'TeamDetail', description: 'A team with what belongs to it.' });
export type TeamDetail = z.infer<typeof TeamDetail>;

const look = { role: 'viewer', scope: 'read' } as const;
const administer = { role: 'admin', scope: 'admin' } as const;
const teamParams = z.object({ team: z.string().max(100) });
const memberParams = teamParams.extend({ username: z.string().max(100) });

export const teams = {
  listTeams: endpoint({
    method: 'GET',
    path: '/teams',
    tag: 'Teams',
    summary: 'All teams with their members',
    access: look,
    response: z.object({ items: z.array(Team) }),
  }),
  showTeam: endpoint({
    method: 'GET',
    path: '/teams/{team}',
    tag: 'Teams',
    summary: 'One team with its members, apps and projects',
    access: look,
    params: teamParams,
    response: TeamDetail,
  }),
  createTeam: endpoint({
    method: 'POST',
    path: '/teams',
    tag: 'Teams',
    summary: 'Create a team',
    access: administer,
    body: z.object({ slug: Name, name: DisplayName.optional() }),
    response: Team,
    status: 201,
  }),
  updateTeam: endpoint({
    method: 'PATCH',
    path: '/teams/{team}',
    tag: 'Teams',
    summary: 'Change the slug or the name of a team',
    description: 'A `slipway.yml` names teams by their slugs: change them there too.',
    access: administer,
    params: teamParams,
    body: z.object({ slug: Name.optional(), name: DisplayName.optional() }),
    response: Team,
  }),
  deleteTeam: endpoint({
    method: 'DELETE',
    path: '/teams/{team}',
    tag: 'Teams',
    summary: 'Delete a team that owns nothing',
    description: 'A team that still has apps or projects is a conflict that lists them.',
    access: administer,
    params: teamParams,
    query: z.object({
      confirm: z.string().max(100).optional().meta({ description: 'The slug of the team. Required.' }),
    }),
    response: Nothing,
    status: 204,
  }),
  addTeamMember: endpoint({
    method: 'PUT',
    path: '/teams/{team}/members/{username}',
    tag: 'Teams',
    summary: 'Add a user to a team',
    access: administer,
    params: memberParams,
    response: Team,
  }),
  removeTeamMember: endpoint({
    method: 'DELETE',
    path: '/teams/{team}/members/{username}',
    tag: 'Teams',
    summary: 'Remove a user from a team',
    access: administer,
    params: memberParams,
    response: Team,
  }),
};
