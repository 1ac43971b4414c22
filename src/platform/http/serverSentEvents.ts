import { once } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface EventStream {
  /** Aborts when the client goes away or the server closes. */
  readonly signal: AbortSignal;
  /** Sends one event; resolves when the client is ready for more, so that a slow one costs no memory. */
  send(event: { id?: number | string; event?: string; data: unknown }): Promise<void>;
  /** Tells the client where it is before the first event, so that a reconnect misses nothing. */
  mark(id: number): void;
}

const heartbeatMs = 15_000;
const retryMs = 1000;
/** Then the client connects again, and is authorised again: who lost access does not go on listening. */
export const streamLifetimeMs = 15 * 60_000;

/**
 * Answers with server-sent events (WHATWG HTML, "Server-sent events"). `produce` sends until it returns
 * or the client goes away.
 */
export async function streamEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  shutdown: AbortSignal,
  produce: (stream: EventStream) => Promise<void>,
  lifetimeMs = streamLifetimeMs,
): Promise<void> {
  const gone = new AbortController();
  const abort = () => gone.abort();
  reply.hijack();
  const response = reply.raw;
  response.on('close', abort);
  response.on('error', abort);
  shutdown.addEventListener('abort', abort);
  // Both may have happened while the request was authorised; neither is told twice.
  if (shutdown.aborted || response.destroyed) abort();
  response.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${retryMs}\n\n`);
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs);
  const lifetime = setTimeout(abort, lifetimeMs);
  try {
    await produce({
      mark: (id) => void response.write(`id: ${id}\n\n`),
      signal: gone.signal,
      send: async (event) => {
        if (gone.signal.aborted || response.write(format(event))) return;
        await once(response, 'drain', { signal: gone.signal }).catch(ignoreAbort);
      },
    });
  } catch (error) {
    if (!gone.signal.aborted) request.log.error({ err: error }, 'event stream failed');
  } finally {
    clearInterval(heartbeat);
    clearTimeout(lifetime);
    shutdown.removeEventListener('abort', abort);
    response.end();
  }
}

function format(event: { id?: number | string; event?: string; data: unknown }): string {
  const id = event.id === undefined ? '' : `id: ${event.id}\n`;
  const name = event.event === undefined ? '' : `event: ${event.event}\n`;
  return `${id}${name}data: ${JSON.stringify(event.data)}\n\n`;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

/** The `Last-Event-ID` of a reconnecting client as a number, or undefined. */
export function lastEventId(request: FastifyRequest): number | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
