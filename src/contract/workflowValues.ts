import { z } from 'zod';
import { Name, Nothing, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';
import { maxValuesAtOnce, valueLevels, valueNameProblem } from './workflowRules.ts';

const ValueName = z
  .string()
  .superRefine((name, context) => {
    const message = valueNameProblem(name);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .meta({
    pattern: '^(?!GITHUB_)[A-Z_][A-Z0-9_]*$',
    description: 'Case does not count.',
    example: 'NPM_TOKEN',
  });

export const WorkflowSecret = z
  .object({
    name: z.string(),
    level: z.enum(valueLevels),
    repository: z.string().nullable(),
    environment: z.string().nullable(),
    overridden: z.boolean().meta({ description: 'A narrower one of that name counts here.' }),
    updated_at: Timestamp,
    updated_by: z.string(),
  })
  .meta({ id: 'WorkflowSecret' });
export type WorkflowSecret = z.infer<typeof WorkflowSecret>;

export const WorkflowVariable = WorkflowSecret.extend({ value: z.string() }).meta({ id: 'WorkflowVariable' });
export type WorkflowVariable = z.infer<typeof WorkflowVariable>;

const SetValues = z
  .object({
    items: z
      .array(z.object({ name: ValueName, value: z.string() }))
      .min(1)
      .max(maxValuesAtOnce)
      .meta({ description: 'All are set, or none. A value has 48 KiB at most.' }),
  })
  .meta({ id: 'SetWorkflowValues' });

const ValuesSet = z
  .object({
    items: z.array(z.object({ name: z.string(), outcome: z.enum(['created', 'replaced']) })),
  })
  .meta({ id: 'WorkflowValuesSet' });
export type ValuesSet = z.infer<typeof ValuesSet>;

const tag = 'Workflows';
const look = { role: 'viewer', scope: 'read' } as const;
const work = { role: 'member', scope: 'deploy' } as const;
const where = z.object({
  repository: Name.optional().meta({ description: 'Whose they are; without it, the organization’s.' }),
  environment: z.string().max(255).optional().meta({ description: 'Of that repository.' }),
});
const nameParams = z.object({ name: ValueName });
const whoMayChange =
  'Those of the organization: for admins (scope `admin`). Those of a repository and its environments: for admins, and members of a team that has an app of it.';
const whatIsListed =
  'All that a job there sees: those of the environment, of its repository and of the organization, by name, the narrowest first.';
// 100 values of 48 KiB, with room for what JSON escapes.
const bodyLimitBytes = 12 * 1024 * 1024;

export const workflowValues = {
  listWorkflowSecrets: endpoint({
    method: 'GET',
    path: '/workflow/secrets',
    tag,
    summary: 'Names of the secrets of workflows; values are never shown',
    description: whatIsListed,
    access: look,
    query: where,
    response: z.object({ items: z.array(WorkflowSecret) }),
  }),
  setWorkflowSecrets: endpoint({
    method: 'PUT',
    path: '/workflow/secrets',
    tag,
    summary: 'Store secrets of workflows',
    description: whoMayChange,
    access: work,
    query: where,
    body: SetValues,
    response: ValuesSet,
    bodyLimitBytes,
  }),
  deleteWorkflowSecret: endpoint({
    method: 'DELETE',
    path: '/workflow/secrets/{name}',
    tag,
    summary: 'Delete a secret of workflows',
    description: whoMayChange,
    access: work,
    params: nameParams,
    query: where,
    response: Nothing,
    status: 204,
  }),
  listVariables: endpoint({
    method: 'GET',
    path: '/workflow/variables',
    tag,
    summary: 'Variables of workflows with their values',
    description: whatIsListed,
    access: look,
    query: where,
    response: z.object({ items: z.array(WorkflowVariable) }),
  }),
  setVariables: endpoint({
    method: 'PUT',
    path: '/workflow/variables',
    tag,
    summary: 'Set variables of workflows',
    description: whoMayChange,
    access: work,
    query: where,
    body: SetValues,
    response: ValuesSet,
    bodyLimitBytes,
  }),
  deleteVariable: endpoint({
    method: 'DELETE',
    path: '/workflow/variables/{name}',
    tag,
    summary: 'Delete a variable of workflows',
    description: whoMayChange,
    access: work,
    params: nameParams,
    query: where,
    response: Nothing,
    status: 204,
  }),
};
