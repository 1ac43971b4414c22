import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { logEndpoints } from '../../contract/logs.ts';
import { followLog, logSize, readLogLines, searchLog } from '../logfiles/index.ts';
import type { Call, Router } from './router.ts';
import { lastEventId, streamEvents } from './serverSentEvents.ts';

type LogEndpoints<Params extends Parameters<typeof logEndpoints>[1]> = ReturnType<
  typeof logEndpoints<Params>
>;

/** A log, and what it is of. */
export interface ServedLog {
  readonly path: string;
  /** Of the file that it is downloaded as. */
  readonly name: string;
  readonly finished: boolean;
  /** How what it is of stands now: nothing more comes when it is finished, and `end` is told then. */
  state(): Promise<{ finished: boolean; end: object }>;
}

/** Serves a kind of logs: raw by ranges, by lines, searched, and live. Never loaded whole. */
export function addLogRoutes<Params extends Parameters<typeof logEndpoints>[1]>(
  router: Router,
  endpoints: LogEndpoints<Params>,
  shutdown: AbortSignal,
  find: (params: Call<LogEndpoints<Params>['log']>['params']) => Promise<ServedLog>,
): void {
  router.addStream(endpoints.log, async ({ params, query, request, reply }) => {
    const { path, name, finished } = await find(params);
    if (query.download !== undefined) reply.header('content-disposition', `attachment; filename="${name}"`);
    reply.header('x-slipway-finished', String(finished));
    return sendRange(request, reply, path, await logSize(path));
  });

  router.add(endpoints.lines, async ({ params, query }) => {
    const { path, finished } = await find(params);
    const lines = await readLogLines(path, { from: query.from, limit: query.limit + 1 });
    return {
      items: lines.slice(0, query.limit).map((line) => ({ ...line, time: isoTime(line.time) })),
      next: lines.length > query.limit ? query.from + query.limit : null,
      finished,
    };
  });

  router.add(endpoints.search, async ({ params, query, request }) => {
    const { path } = await find(params);
    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    const lines = await searchLog(path, query.text, { limit: query.limit + 1, signal: gone.signal });
    return { lines: lines.slice(0, query.limit), more: lines.length > query.limit };
  });

  router.addStream(endpoints.follow, async ({ params, query, request, reply }) => {
    const { path, state } = await find(params);
    const offset = lastEventId(request) ?? query.offset;
    const isFinished = async () => (await state()).finished;
    await streamEvents(request, reply, shutdown, async (stream) => {
      for await (const chunk of followLog(path, { offset, signal: stream.signal, isFinished })) {
        const data = { offset: chunk.offset, text: chunk.bytes.toString('utf8'), time: isoTime(chunk.time) };
        await stream.send({ id: chunk.offset + chunk.bytes.length, event: 'log', data });
      }
      const { end } = await state();
      if (!stream.signal.aborted) await stream.send({ event: 'end', data: end });
    });
  });
}

const isoTime = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** One range of the file (RFC 9110, "Range Requests"); anything else than one satisfiable range is answered whole. */
async function sendRange(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  size: number,
): Promise<unknown> {
  reply
    .header('accept-ranges', 'bytes')
    .type('text/plain; charset=utf-8')
    .header('x-content-type-options', 'nosniff');
  const range = parseRange(request.headers.range, size);
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send('');
  if (size === 0) return reply.send('');
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  reply.header('content-length', String(end - start + 1));
  return reply.send(createReadStream(path, { start, end }));
}

function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const last = Number(match[2]);
    return size === 0 || last === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start >= size || end < start ? 'unsatisfiable' : { start, end };
}
