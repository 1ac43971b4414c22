import type { logEndpoints } from '../../contract/logs.ts';
import { followLog, logSize, readLogLines, searchLog } from '../logfiles/index.ts';
import type { Call, Router } from './router.ts';
import { sendFileRange } from './sendFileRange.ts';
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
    return sendFileRange(request, reply, {
      path,
      size: await logSize(path),
      type: 'text/plain; charset=utf-8',
    });
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
