import { z } from 'zod';
import { DisplayName, Name, Nothing, pageOf, pageQuery, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';
import { keyStates } from './states.ts';

export { type KeyState, keyStates } from './states.ts';

export const ProjectKey = z
  .object({
    public_key: z.string(),
    label: z.string(),
    state: z.enum(keyStates),
    dsn: z.string().nullable().meta({ description: 'What an SDK is given; null when it is revoked.' }),
    secret_dsn: z.string().nullable().meta({
      description:
        'The DSN with the secret key: for members of the team and admins whose token has the scope `deploy`; null for all others, and when there is no secret that the SLIPWAY_SECRET_KEY of now opens.',
    }),
    created_at: Timestamp,
    retiring_at: Timestamp.nullable(),
    revoked_at: Timestamp.nullable(),
  })
  .meta({ id: 'ProjectKey' });
export type ProjectKey = z.infer<typeof ProjectKey>;

export const Project = z
  .object({
    id: z.string().meta({
      description: 'Stands in DSNs. Up to 2^63-1, more than a JSON number holds.',
      example: '23',
    }),
    slug: z.string(),
    name: z.string(),
    team: z.string(),
    platform: z.string().nullable(),
    dsn: z.string().nullable().meta({
      description: 'Of its oldest active key, else of its oldest retiring one; null without either.',
    }),
    may_change: z.boolean().meta({ description: 'Whether the caller may change it and its keys.' }),
    created_at: Timestamp,
  })
  .meta({ id: 'Project' });
export type Project = z.infer<typeof Project>;

export const ProjectDetail = Project.extend({
  secret_dsn: ProjectKey.shape.secret_dsn,
  keys: z.array(ProjectKey).meta({ description: 'All it ever had, oldest first.' }),
}).meta({ id: 'ProjectDetail' });
export type ProjectDetail = z.infer<typeof ProjectDetail>;

const look = { role: 'viewer', scope: 'read' } as const;
const change = { role: 'member', scope: 'deploy' } as const;
const administer = { role: 'admin', scope: 'admin' } as const;

const teamOnly = 'For members of its team, and admins.';
const projectParams = z.object({
  project: Name.meta({ description: 'A slug, or else an id', example: 'storefront' }),
});
const keyParams = projectParams.extend({ key: z.string().regex(/^\w{1,64}$/, 'a public key') });
/** What a project is written in, in the API and in fixture files. */
export const platformPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const Platform = z
  .string()
  .trim()
  .regex(platformPattern, 'up to 64 letters, digits, `.`, `_` and `-`')
  .meta({ example: 'node' });
const Label = z
  .string()
  .trim()
  .max(200)
  .regex(/^\P{Cc}*$/u, 'a single line without control characters');
const confirm = z.string().max(100).optional();

export const projects = {
  listProjects: endpoint({
    method: 'GET',
    path: '/projects',
    tag: 'Projects',
    summary: 'Projects with their public DSNs, by slug',
    access: look,
    query: z.object({
      ...pageQuery,
      team: Name.optional(),
      query: z.string().max(200).optional().meta({ description: 'A part of the slug or name, or an id' }),
    }),
    response: pageOf(Project),
  }),
  showProject: endpoint({
    method: 'GET',
    path: '/projects/{project}',
    tag: 'Projects',
    summary: 'One project with its keys',
    access: look,
    params: projectParams,
    response: ProjectDetail,
  }),
  createProject: endpoint({
    method: 'POST',
    path: '/projects',
    tag: 'Projects',
    summary: 'Create a project with its first key',
    description: 'For members of the team, and admins. The id is drawn, and never used twice.',
    access: change,
    body: z.object({
      name: DisplayName,
      team: Name,
      slug: Name.optional().meta({ description: 'Made from the name unless told' }),
      platform: Platform.optional(),
    }),
    response: ProjectDetail,
    status: 201,
  }),
  updateProject: endpoint({
    method: 'PATCH',
    path: '/projects/{project}',
    tag: 'Projects',
    summary: 'Rename a project, or move it to another team',
    description:
      'For members of its team, and admins; moving takes a member of both teams. Its DSNs stay as they are.',
    access: change,
    params: projectParams,
    body: z.object({
      name: DisplayName.optional(),
      slug: Name.optional(),
      platform: Platform.nullable().optional(),
      team: Name.optional(),
    }),
    response: ProjectDetail,
  }),
  deleteProject: endpoint({
    method: 'DELETE',
    path: '/projects/{project}',
    tag: 'Projects',
    summary: 'Delete a project and its keys',
    access: administer,
    params: projectParams,
    query: z.object({ confirm: confirm.meta({ description: 'The slug of the project. Required.' }) }),
    response: Nothing,
    status: 204,
  }),
  listProjectKeys: endpoint({
    method: 'GET',
    path: '/projects/{project}/keys',
    tag: 'Projects',
    summary: 'All keys a project ever had, oldest first',
    access: look,
    params: projectParams,
    response: z.object({ items: z.array(ProjectKey) }),
  }),
  createProjectKey: endpoint({
    method: 'POST',
    path: '/projects/{project}/keys',
    tag: 'Projects',
    summary: 'Give a project one more active key',
    description: teamOnly,
    access: change,
    params: projectParams,
    body: z.object({ label: Label.default('') }),
    response: ProjectKey,
    status: 201,
    idempotent: true,
  }),
  rotateProjectKey: endpoint({
    method: 'POST',
    path: '/projects/{project}/keys/rotate',
    tag: 'Projects',
    summary: 'Replace the active keys of a project by a new one, without a gap',
    description: `${teamOnly} The keys that were active become retiring: they are still accepted, until somebody revokes them.`,
    access: change,
    params: projectParams,
    response: ProjectKey,
    status: 201,
    idempotent: true,
  }),
  updateProjectKey: endpoint({
    method: 'PATCH',
    path: '/projects/{project}/keys/{key}',
    tag: 'Projects',
    summary: 'Label, retire, activate or revoke a key',
    description: `${teamOnly} A revoked key stays revoked. Revoking the last one that is accepted takes \`confirm\`.`,
    access: change,
    params: keyParams,
    query: z.object({
      confirm: confirm.meta({
        description: 'The slug of the project, when its last accepted key is revoked.',
      }),
    }),
    body: z.object({ state: z.enum(keyStates).optional(), label: Label.optional() }),
    response: ProjectKey,
  }),
};
