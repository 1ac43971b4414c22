import { z } from 'zod';
import { Name, Nothing, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';
import { approvals, environmentNameProblem, maxWaitMinutes } from './workflowRules.ts';

export const WorkflowEnvironment = z
  .object({
    repository: z.string(),
    name: z.string(),
    wait_minutes: z.number().int(),
    approval: z.enum(approvals),
    teams: z.array(z.string()).meta({ description: 'Slugs of the reviewing teams.' }),
    branches: z.array(z.string()).meta({ description: 'Globs; none: every branch and tag may use it.' }),
    prevent_self_review: z.boolean().meta({ description: 'Who started the run may not approve its jobs.' }),
    secrets: z.number().int().meta({ description: 'How many it has.' }),
    variables: z.number().int(),
    may_change: z.boolean().meta({ description: 'Whether the caller may change its rules, or delete it.' }),
    updated_at: Timestamp,
    updated_by: z.string(),
  })
  .meta({ id: 'WorkflowEnvironment' });
export type WorkflowEnvironment = z.infer<typeof WorkflowEnvironment>;

const EnvironmentName = z.string().superRefine((name, context) => {
  const message = environmentNameProblem(name);
  if (message !== null) context.addIssue({ code: 'custom', message });
});

const work = { role: 'member', scope: 'deploy' } as const;
const params = z.object({ repository: Name, environment: EnvironmentName });
const whoMayChange = 'For admins, and members of a team that has an app of this repository.';

export const workflowEnvironments = {
  listWorkflowEnvironments: endpoint({
    method: 'GET',
    path: '/workflow/environments',
    tag: 'Workflows',
    summary: 'Environments that jobs of workflows name, with their rules',
    description: 'One that a job names and that is not listed has no rules.',
    access: { role: 'viewer', scope: 'read' },
    query: z.object({ repository: Name.optional() }),
    response: z.object({ items: z.array(WorkflowEnvironment) }),
  }),
  setWorkflowEnvironment: endpoint({
    method: 'PUT',
    path: '/workflow/environments/{repository}/{environment}',
    tag: 'Workflows',
    summary: 'Declare an environment of workflows, or change its rules',
    description: `What is left out stays as it is. ${whoMayChange}`,
    access: work,
    params,
    body: z.object({
      wait_minutes: z.number().int().min(0).max(maxWaitMinutes).optional(),
      approval: z.enum(approvals).optional(),
      teams: z.array(z.string().max(100)).max(6).optional().meta({
        description: 'Slugs; with `approval: teams` only, and then at least one.',
      }),
      branches: z
        .array(z.string().min(1).max(300))
        .max(50)
        .optional()
        .meta({
          description: 'Globs of branch names; one that begins with `refs/` is one of whole refs.',
          example: ['main', 'release/**', 'refs/tags/v*'],
        }),
      prevent_self_review: z
        .boolean()
        .optional()
        .meta({ description: 'Who started the run, or had it run again, may not approve its jobs.' }),
    }),
    response: WorkflowEnvironment,
  }),
  deleteWorkflowEnvironment: endpoint({
    method: 'DELETE',
    path: '/workflow/environments/{repository}/{environment}',
    tag: 'Workflows',
    summary: 'Delete an environment of workflows with its secrets and variables',
    description: whoMayChange,
    access: work,
    params,
    query: z.object({
      confirm: z.string().max(255).optional().meta({
        description: 'Its name. Required when it has secrets or variables.',
      }),
    }),
    response: Nothing,
    status: 204,
  }),
};
