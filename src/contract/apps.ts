import { z } from 'zod';
import { Name, pageOf, Sha, Timestamp } from './common.ts';
import { AppConfig, EnvironmentConfig } from './configuration.ts';
import { Deploy } from './deploys.ts';
import { endpoint } from './endpoint.ts';
import { Lock } from './locks.ts';
import { CheckSummary, Commit } from './repositories.ts';

export const EnvironmentStatus = z
  .object({
    name: z.string(),
    ref: z.string().nullable().meta({ description: 'The ref that is shipped when none is named.' }),
    url: z.string().nullable(),
    live: Deploy.nullable(),
    in_doubt: z.boolean().meta({
      description: 'The last attempt did not succeed: what runs there may be something else than `live`.',
    }),
    active: Deploy.nullable(),
    queued: z.array(Deploy),
    last: Deploy.nullable().meta({ description: 'The newest deploy, however it ended.' }),
    locks: z.array(Lock).meta({ description: 'Open locks that cover this environment.' }),
    estimate_seconds: z.number().nullable(),
  })
  .meta({ id: 'EnvironmentStatus' });
export type EnvironmentStatus = z.infer<typeof EnvironmentStatus>;

export const App = z
  .object({
    name: z.string(),
    repository: z.string(),
    team: z.string(),
    paths: z.array(z.string()),
    may_deploy: z.boolean().meta({ description: 'Whether the caller may deploy it.' }),
    environments: z.array(EnvironmentStatus),
  })
  .meta({ id: 'App' });
export type App = z.infer<typeof App>;

export const Rung = Commit.omit({ files: true })
  .extend({
    affects_app: z.boolean(),
    live_in: z.array(z.string()).meta({ description: 'Environments where this commit is live.' }),
    checks: CheckSummary,
  })
  .meta({ id: 'Rung', description: 'A commit as an app sees it.' });
export type Rung = z.infer<typeof Rung>;

const look = { role: 'viewer', scope: 'read' } as const;
const administer = { role: 'admin', scope: 'admin' } as const;

export const apps = {
  listApps: endpoint({
    method: 'GET',
    path: '/apps',
    tag: 'Apps',
    summary: 'Every app: what is live where, what is moving, what is locked',
    access: look,
    query: z.object({ app: Name.optional() }),
    response: z.object({ items: z.array(App), runners: z.number().int() }),
  }),
  showApp: endpoint({
    method: 'GET',
    path: '/apps/{app}',
    tag: 'Apps',
    summary: 'One app with its configuration',
    access: look,
    params: z.object({ app: Name }),
    response: App.extend({
      config: AppConfig,
      resolved: z
        .record(z.string(), EnvironmentConfig)
        .meta({ description: 'Each environment, as it would be deployed.' }),
    }),
  }),
  listRungs: endpoint({
    method: 'GET',
    path: '/apps/{app}/commits',
    tag: 'Apps',
    summary: 'Commits as an app sees them: do they concern it, are they green, where are they live',
    access: look,
    params: z.object({ app: Name }),
    query: z.object({
      ref: z.string().max(300).optional(),
      cursor: z.string().max(600).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: pageOf(Rung).extend({ ref: z.string(), sha: Sha }),
  }),
  listSecrets: endpoint({
    method: 'GET',
    path: '/secrets',
    tag: 'Apps',
    summary: 'Names of the stored secrets; values are never shown',
    access: administer,
    response: z.object({
      items: z.array(z.object({ name: z.string(), updated_at: Timestamp, updated_by: z.string() })),
    }),
  }),
  setSecret: endpoint({
    method: 'PUT',
    path: '/secrets/{name}',
    tag: 'Apps',
    summary: 'Store a secret, for configuration to refer to',
    access: administer,
    params: z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,126}$/) }),
    body: z.object({ value: z.string().min(1).max(100_000) }),
    response: z.undefined(),
    status: 204,
  }),
  deleteSecret: endpoint({
    method: 'DELETE',
    path: '/secrets/{name}',
    tag: 'Apps',
    summary: 'Delete a stored secret',
    access: administer,
    params: z.object({ name: z.string().max(127) }),
    response: z.undefined(),
    status: 204,
  }),
};
