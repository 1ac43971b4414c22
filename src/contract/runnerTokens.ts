import { z } from 'zod';
import { Name, Nothing, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';

const Label = z.string().trim().min(1).max(100);

export const RunnerToken = z
  .object({
    id: z.number().int(),
    name: z.string(),
    hint: z.string().meta({ description: 'How it begins.' }),
    labels: z
      .array(Label)
      .nullable()
      .meta({ description: 'The labels that its runners may have; null: any.' }),
    repositories: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The repositories whose jobs its runners get; null: all.' }),
    created_at: Timestamp,
    created_by: z.string(),
    last_used_at: Timestamp.nullable(),
  })
  .meta({ id: 'RunnerToken' });
export type RunnerToken = z.infer<typeof RunnerToken>;

const administer = { role: 'admin', scope: 'admin' } as const;

export const runnerTokens = {
  listRunnerTokens: endpoint({
    method: 'GET',
    path: '/runner-tokens',
    tag: 'Runners',
    summary: 'Tokens by which runners on other machines come in',
    access: administer,
    response: z.object({ items: z.array(RunnerToken) }),
  }),
  createRunnerToken: endpoint({
    method: 'POST',
    path: '/runner-tokens',
    tag: 'Runners',
    summary: 'Make a token for runners on other machines; it is in this answer only',
    description: 'It opens what runners ask for, and nothing else of the API.',
    access: administer,
    body: z.object({
      name: z.string().trim().min(1).max(100),
      labels: z.array(Label).min(1).max(50).nullable().default(null),
      repositories: z.array(Name).min(1).max(500).nullable().default(null),
    }),
    response: RunnerToken.extend({ token: z.string() }),
    status: 201,
  }),
  revokeRunnerToken: endpoint({
    method: 'DELETE',
    path: '/runner-tokens/{id}',
    tag: 'Runners',
    summary: 'Revoke one: its runners end what they run, and are refused',
    access: administer,
    params: z.object({ id: z.coerce.number().int() }),
    response: Nothing,
    status: 204,
  }),
  drainRunner: endpoint({
    method: 'POST',
    path: '/runners/{runner}/drain',
    tag: 'Runners',
    summary: 'Let a runner of jobs finish what it runs, and give it nothing more',
    description:
      'By id, or by name where only one runner has it. One on another machine ends when it is done.',
    access: administer,
    params: z.object({ runner: z.string().min(1).max(200) }),
    response: Nothing,
    status: 204,
  }),
};
