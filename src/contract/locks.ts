import { z } from 'zod';
import { Name, Reason, Timestamp, Who } from './common.ts';
import { endpoint } from './endpoint.ts';

export const Lock = z
  .object({
    id: z.number().int(),
    scope: z.string().meta({ description: '`everything`, an app, or `app/environment`' }),
    app: z.string().nullable(),
    environment: z.string().nullable(),
    reason: z.string(),
    created_by: z.string(),
    created_at: Timestamp,
    expires_at: Timestamp.nullable(),
  })
  .meta({ id: 'Lock' });
export type Lock = z.infer<typeof Lock>;

const deploy = { role: 'member', scope: 'deploy' } as const;

export const locks = {
  listLocks: endpoint({
    method: 'GET',
    path: '/locks',
    tag: 'Locks',
    summary: 'Open locks',
    access: { role: 'viewer', scope: 'read' },
    query: z.object({ app: Name.optional(), environment: Name.optional() }),
    response: z.object({ items: z.array(Lock) }),
  }),
  createLock: endpoint({
    method: 'POST',
    path: '/locks',
    tag: 'Locks',
    summary: 'Lock everything, an app, or one environment of it',
    description:
      'Holds new deploys and what is queued. Rollbacks, and re-deploys of a release that was good there, pass. Locking everything takes an admin.',
    access: deploy,
    body: z.object({
      app: Name.optional(),
      environment: Name.optional(),
      reason: Reason,
      expires_at: Timestamp.optional(),
    }),
    response: Lock,
    status: 201,
    idempotent: true,
  }),
  unlock: endpoint({
    method: 'POST',
    path: '/locks/{id}/unlock',
    tag: 'Locks',
    summary: 'Unlock',
    description: 'What waited stays held, unless `start_waiting` is set.',
    access: deploy,
    params: z.object({ id: z.coerce.number().int() }),
    body: z.object({ start_waiting: z.boolean().default(false) }),
    response: z.object({
      lock: Lock,
      closed_by: Who,
      waiting: z.array(z.string()).meta({ description: 'Deploys that waited behind this lock' }),
      started: z.boolean(),
    }),
  }),
};
