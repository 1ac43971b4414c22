import { z } from 'zod';
import { Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';

export const EventRecord = z
  .object({
    id: z.number().int(),
    at: Timestamp,
    kind: z.string().meta({ example: 'deploy.succeeded' }),
    subject: z.string().meta({ example: 'harbor/staging#12' }),
    actor: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export type EventRecord = z.infer<typeof EventRecord>;

export const Runner = z
  .object({
    id: z.string(),
    kind: z.enum(['deploys', 'jobs']).meta({ description: 'What it takes.' }),
    name: z.string(),
    host: z.string(),
    pid: z.number().int(),
    labels: z.array(z.string()),
    capacity: z.number().int().nullable().meta({ description: 'How many jobs at once.' }),
    draining: z.boolean().meta({ description: 'Finishes what it runs, and takes nothing more.' }),
    address: z.string().nullable().meta({ description: 'Of its last contact, where it came over HTTP.' }),
    started_at: Timestamp,
    last_seen_at: Timestamp,
    running: z.array(z.string()).meta({ description: 'Names of the deploys it runs.' }),
    jobs: z
      .array(z.object({ id: z.number().int(), run: z.number().int(), name: z.string() }))
      .meta({ description: 'The jobs it runs, and the runs that they are of.' }),
  })
  .meta({ id: 'Runner' });

export const Info = z
  .object({
    url_prefix: z
      .string()
      .nullable()
      .meta({ description: 'The address people use and DSNs lead to; null when none is declared.' }),
    version: z.string().meta({ example: '0.1.0' }),
  })
  .meta({ id: 'Info' });

export const Installation = z
  .object({
    version: z.string(),
    started_at: Timestamp.meta({ description: 'Since when this process of the server runs.' }),
    data_directory: z.string(),
    disk: z
      .object({ free_bytes: z.number().int(), total_bytes: z.number().int() })
      .meta({ description: 'Of the disk that the data directory lies on.' }),
    database: z.object({
      kind: z.enum(['embedded', 'external']),
      version: z.string().meta({ description: 'Of PostgreSQL.', example: '18.4' }),
      size_bytes: z.number().int(),
    }),
  })
  .meta({ id: 'Installation' });
export type Installation = z.infer<typeof Installation>;

export const system = {
  showInfo: endpoint({
    method: 'GET',
    path: '/info',
    tag: 'System',
    summary: 'How this Slipway is set up',
    access: { role: 'viewer', scope: 'read' },
    response: Info,
  }),
  showInstallation: endpoint({
    method: 'GET',
    path: '/installation',
    tag: 'System',
    summary: 'Version, data directory and database of this Slipway',
    access: { role: 'admin', scope: 'admin' },
    response: Installation,
  }),
  events: endpoint({
    method: 'GET',
    path: '/events',
    tag: 'System',
    summary: 'State changes as server-sent events',
    description: 'A reconnect with `Last-Event-ID` misses nothing. Without it the stream begins now.',
    access: { role: 'viewer', scope: 'read' },
    query: z.object({
      after: z.coerce.number().int().min(0).optional(),
      subject: z.string().max(200).optional(),
    }),
    response: EventRecord,
    streams: 'server-sent-events',
  }),
  listRunners: endpoint({
    method: 'GET',
    path: '/runners',
    tag: 'System',
    summary: 'Runners that are alive, and what they run',
    access: { role: 'viewer', scope: 'read' },
    response: z.object({ items: z.array(Runner) }),
  }),
};
