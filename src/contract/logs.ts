import { z } from 'zod';
import { Timestamp } from './common.ts';
import { type Access, endpoint } from './endpoint.ts';

export const LogLine = z
  .object({
    number: z.number().int(),
    offset: z.number().int(),
    time: Timestamp.nullable(),
    text: z.string(),
  })
  .meta({ id: 'LogLine' });
export type LogLine = z.infer<typeof LogLine>;

/** The ways to read a log at `path`: raw by ranges, by lines, searched, and live. */
export function logEndpoints<Params extends z.ZodType>(path: string, params: Params, access: Access) {
  const common = { method: 'GET', tag: 'Logs', access, params } as const;
  return {
    log: endpoint({
      ...common,
      path,
      summary: 'The raw log; `Range` requests are answered',
      query: z.object({ download: z.string().optional() }),
      response: z.string(),
      streams: 'bytes',
    }),
    lines: endpoint({
      ...common,
      path: `${path}/lines`,
      summary: 'Lines of the log with their times',
      query: z.object({
        from: z.coerce.number().int().min(1).default(1),
        limit: z.coerce.number().int().min(1).max(5000).default(500),
      }),
      response: z.object({
        items: z.array(LogLine),
        next: z
          .number()
          .int()
          .nullable()
          .meta({ description: 'The line to go on with; null at the end of what is there.' }),
        finished: z.boolean(),
      }),
    }),
    search: endpoint({
      ...common,
      path: `${path}/search`,
      summary: 'Numbers of the lines that contain a text',
      query: z.object({
        text: z.string().min(1).max(200),
        limit: z.coerce.number().int().min(1).max(1000).default(200),
      }),
      response: z.object({ lines: z.array(z.number().int()), more: z.boolean() }),
    }),
    follow: endpoint({
      ...common,
      path: `${path}/stream`,
      summary: 'The log as it is written',
      description:
        'Events `log` carry `{offset, text, time}`; their id is the offset after them, so a reconnect with `Last-Event-ID` goes on where it stopped. `end` carries the final state.',
      query: z.object({ offset: z.coerce.number().int().min(0).default(0) }),
      response: z.object({ offset: z.number().int(), text: z.string(), time: Timestamp.nullable() }),
      streams: 'server-sent-events',
    }),
  };
}
