import { z } from 'zod';
import { Flag } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What a plan does to one thing. Only `skip` changes nothing: it says what cannot be done, and why. */
export const planActions = ['create', 'change', 'renumber', 'replace', 'delete', 'skip'] as const;
export type PlanAction = (typeof planActions)[number];

export const PlanChange = z
  .object({
    field: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable().meta({ description: 'Of secrets and passwords both values are null.' }),
  })
  .meta({ id: 'PlanChange' });
export type PlanChange = z.infer<typeof PlanChange>;

export const PlanItem = z
  .object({
    action: z.enum(planActions),
    kind: z.enum(['repository', 'app', 'admin', 'team', 'project']),
    name: z.string(),
    team: z.string().nullable().meta({ description: 'Of a project: the name of its team in the file.' }),
    line: z.number().int().nullable().meta({ description: 'Where the file declares it.' }),
    changes: z.array(PlanChange),
    reason: z.string().nullable().meta({ description: 'Of a skip: why, and what to do.' }),
  })
  .meta({ id: 'PlanItem' });
export type PlanItem = z.infer<typeof PlanItem>;

/** The difference between a configuration file and what Slipway holds. */
export const Plan = z
  .object({
    file: z.string(),
    items: z.array(PlanItem).meta({ description: 'In the order of the file; empty when nothing differs.' }),
    counts: z.record(z.enum(planActions), z.number().int()),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'Plan' });
export type Plan = z.infer<typeof Plan>;

/** Whether applying it would write anything. */
export const planChanges = (plan: Plan): boolean => plan.items.some((item) => item.action !== 'skip');

/** The most characters of a configuration file: 10,000 projects take a little over a million. */
export const maxConfigurationLength = 16 * 1024 * 1024;

const administer = { role: 'admin', scope: 'admin' } as const;
const ConfigurationFile = z.object({
  text: z
    .string()
    .max(maxConfigurationLength)
    .meta({ description: 'The whole file.', example: 'repositories: …' }),
  file: z.string().min(1).max(300).default('slipway.yml').meta({ description: 'Its name, for messages.' }),
  values: z.record(z.string(), z.string()).default({}).meta({
    description: `What the references of \`admin\` and \`teams\` stand for, as \`{"\${NAME}": "…"}\`; nothing is looked up on the server.`,
  }),
  created_as: z.string().trim().min(1).max(300).optional().meta({
    description:
      'The name under which the file creates projects and teams, and prunes them; its base name unless told.',
  }),
  prune: z.boolean().default(false).meta({
    description: 'Delete projects and teams that a file of this name created and no longer names.',
  }),
  replace: z.boolean().default(false).meta({
    description: 'Delete and create a project whose id changes, instead of renumbering it.',
  }),
});

/** A file that the server was started with, compared with what it holds now. */
export const WatchedFile = z
  .object({
    file: z.string(),
    plan: Plan.nullable().meta({ description: 'null when the file has problems' }),
    problem: z.string().nullable(),
  })
  .meta({ id: 'WatchedFile' });
export type WatchedFile = z.infer<typeof WatchedFile>;

export const provisioning = {
  planConfiguration: endpoint({
    method: 'POST',
    path: '/configuration/plan',
    tag: 'Configuration',
    summary: 'What applying a configuration file would change',
    description:
      'All problems of the file are listed with line and column. Nothing is written. References that `values` does not name stand in `unresolved` of the details.',
    access: administer,
    body: ConfigurationFile,
    bodyLimitBytes: 4 * maxConfigurationLength,
    response: Plan,
  }),
  applyConfiguration: endpoint({
    method: 'PUT',
    path: '/configuration',
    tag: 'Configuration',
    summary: 'Make Slipway hold what a configuration file says: repositories, apps, admin, teams, projects',
    description:
      'In one transaction, or not at all. Answers the plan that was carried out. All problems of the file are listed with line and column, and then nothing is written. What the file does not name stays as it is.',
    access: administer,
    body: ConfigurationFile,
    bodyLimitBytes: 4 * maxConfigurationLength,
    response: Plan,
  }),
  exportConfiguration: endpoint({
    method: 'GET',
    path: '/configuration/export',
    tag: 'Configuration',
    summary: 'Teams, projects and DSNs as a fixture file that changes nothing when it is applied',
    description:
      'With `secrets` the DSNs contain the secret keys, for another installation; that takes an owner.',
    access: administer,
    query: z.object({ secrets: Flag.optional() }),
    response: z.object({ text: z.string() }),
  }),
  watchedFiles: endpoint({
    method: 'GET',
    path: '/configuration/files',
    tag: 'Configuration',
    summary: 'The files that the server was started with, and how they differ from what it holds',
    access: administer,
    response: z.object({ items: z.array(WatchedFile) }),
  }),
  applyWatchedFiles: endpoint({
    method: 'POST',
    path: '/configuration/files/apply',
    tag: 'Configuration',
    summary: 'Apply the files that the server was started with, as they are now',
    access: administer,
    response: z.object({ items: z.array(Plan) }),
  }),
};
