import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFinal } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Router } from '../../platform/http/router.ts';
import { lastEventId, streamEvents } from '../../platform/http/serverSentEvents.ts';
import { followLog, logSize, readLogLines, searchLog } from '../../platform/logfiles/index.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { selectDeployById } from './store.ts';

/** The log of a deploy: raw by ranges, by lines, searched, and live. Never loaded whole. */
export function registerLogRoutes(router: Router, db: Db, paths: DataPaths, shutdown: AbortSignal): void {
  const logOf = async (id: DeployId) => {
    const deploy = await findDeploy(db, id);
    return { deploy, path: paths.deployLog(deploy.id) };
  };

  router.addStream(api.log, async ({ params, query, request, reply }) => {
    const { deploy, path } = await logOf(params);
    const name = `${deploy.app}-${deploy.environment}-${deploy.number}.log`;
    if (query.download !== undefined) reply.header('content-disposition', `attachment; filename="${name}"`);
    reply.header('x-slipway-finished', String(isFinal(deploy.state)));
    return sendRange(request, reply, path, await logSize(path));
  });

  router.add(api.logLines, async ({ params, query }) => {
    const { deploy, path } = await logOf(params);
    const lines = await readLogLines(path, { from: query.from, limit: query.limit + 1 });
    return {
      items: lines.slice(0, query.limit).map((line) => ({ ...line, time: isoTime(line.time) })),
      next: lines.length > query.limit ? query.from + query.limit : null,
      finished: isFinal(deploy.state),
    };
  });

  router.add(api.searchLog, async ({ params, query, request }) => {
    const { path } = await logOf(params);
    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    const lines = await searchLog(path, query.text, { limit: query.limit + 1, signal: gone.signal });
    return { lines: lines.slice(0, query.limit), more: lines.length > query.limit };
  });

  router.addStream(api.followLog, async ({ params, query, request, reply }) => {
    const { deploy, path } = await logOf(params);
    const offset = lastEventId(request) ?? query.offset;
    const isFinished = async () => isFinal((await selectDeployById(db, deploy.id)).state);
    await streamEvents(request, reply, shutdown, async (stream) => {
      for await (const chunk of followLog(path, { offset, signal: stream.signal, isFinished })) {
        const data = { offset: chunk.offset, text: chunk.bytes.toString('utf8'), time: isoTime(chunk.time) };
        await stream.send({ id: chunk.offset + chunk.bytes.length, event: 'log', data });
      }
      const { state, result } = await selectDeployById(db, deploy.id);
      if (!stream.signal.aborted) await stream.send({ event: 'end', data: { state, result } });
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
