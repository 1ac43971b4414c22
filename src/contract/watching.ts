import { z } from 'zod';
import { Name, Nothing, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';

const look = { role: 'viewer', scope: 'read' } as const;
const deployParams = z.object({
  app: Name,
  environment: Name,
  number: z.coerce.number().int().min(1).max(2_147_483_647),
});
const onDeploy = '/apps/{app}/environments/{environment}/deploys/{number}';

export const sectionKinds = ['step', 'verification', 'end'] as const;

export const LogOutline = z
  .object({
    lines: z.number().int().meta({ description: 'Lines that have ended.' }),
    offset: z.number().int().meta({
      description: 'Where the line after them begins: from there on the log is to be followed.',
    }),
    size: z.number().int().meta({ description: 'Bytes of the whole log.' }),
    finished: z.boolean(),
    sections: z
      .array(
        z.object({
          kind: z.enum(sectionKinds),
          position: z.number().int().nullable().meta({ description: 'Of the step.' }),
          line: z.number().int().meta({ description: 'The line with which it begins.' }),
        }),
      )
      .meta({ description: 'In their order. What comes before the first is what precedes the steps.' }),
  })
  .meta({ id: 'LogOutline' });
export type LogOutline = z.infer<typeof LogOutline>;

export const Watchers = z
  .object({
    items: z
      .array(z.object({ name: z.string(), since: Timestamp }))
      .meta({ description: 'Who came first at first.' }),
  })
  .meta({ id: 'Watchers' });
export type Watchers = z.infer<typeof Watchers>;

/** What somebody who looks at one deploy needs beyond it. */
export const watching = {
  logOutline: endpoint({
    method: 'GET',
    path: `${onDeploy}/log/outline`,
    tag: 'Logs',
    summary: 'How long the log is, and where each step begins in it',
    access: look,
    params: deployParams,
    response: LogOutline,
  }),
  watchDeploy: endpoint({
    method: 'PUT',
    path: `${onDeploy}/watchers`,
    tag: 'Deploys',
    summary: 'I am looking at it: who else is?',
    description: 'To be said again every 20 seconds; who was silent for 45 seconds looks no more.',
    access: look,
    params: deployParams,
    response: Watchers,
  }),
  stopWatching: endpoint({
    method: 'DELETE',
    path: `${onDeploy}/watchers`,
    tag: 'Deploys',
    summary: 'I look no more',
    access: look,
    params: deployParams,
    response: Nothing,
    status: 204,
  }),
};
