import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../platform/errors.ts';
import { keepBody } from './readBody.ts';
import { newRuntimeToken } from './runtimeToken.ts';
import { sendFailure } from './serviceDesk.ts';
import { assertToken, listenOnLoopback, type Services, serviceEnv } from './startServices.ts';

export interface ProxyOptions {
  /** By which all jobs of one run find each other's artifacts. */
  readonly run: string;
  /** Where a path of the services is really served. */
  readonly target: (path: string) => string;
  /** By which the services are let in there; `origin` is where the job finds them here. */
  readonly headers: (origin: string) => Readonly<Record<string, string>>;
  /** For what is under way there; made, and removed in the end. */
  readonly directory: string;
}

/** Who is asked may be just restarting. Clients wait for three minutes at least before they ask again. */
const insistMs = 120_000;
const pauseMs = 500;

/**
 * The services of a run that are kept elsewhere: the job finds them on the loopback, and all goes through. What is sent
 * is kept here until it has arrived, so that it can be sent again when the way there is cut, or nobody is there for a while.
 */
export async function proxyServices({ run, target, headers, directory }: ProxyOptions): Promise<Services> {
  const token = newRuntimeToken(new Date(), run);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { origin, serve, close } = await listenOnLoopback();
  const over = new AbortController();
  let requests = 0;
  serve((request, response) => {
    return answer(request, response).catch((error: unknown) => sendFailure(error, request, response));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    // What has a signed address is for whoever has it.
    if (!path.startsWith('/slipway/blobs/')) assertToken(request, token.token);
    requests += 1;
    const body = join(directory, String(requests));
    try {
      const size = await keepBody(request, body);
      const asked = { ...passed(request), ...headers(origin), 'content-length': String(size) };
      const given = await insist(
        () => send(target(path), request.method, asked, body),
        response,
        over.signal,
      );
      response.writeHead(given.statusCode ?? 502, given.headers);
      await pipeline(given, response);
    } finally {
      await rm(body, { force: true });
    }
  }
  return {
    env: serviceEnv(origin, token.token),
    close: async () => {
      over.abort();
      await close();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const own = new Set([
  'host',
  'connection',
  'authorization',
  'keep-alive',
  'expect',
  'te',
  'upgrade',
  'transfer-encoding',
]);

const passed = ({ headers }: IncomingMessage) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || own.has(name) ? [] : [[name, value]],
    ),
  );

/** Asks until there is an answer of the services themselves; whoever asked may go away, and then nobody asks. */
async function insist(
  ask: () => Promise<IncomingMessage>,
  response: ServerResponse,
  over: AbortSignal,
): Promise<IncomingMessage> {
  const began = performance.now();
  for (;;) {
    const isLast = response.destroyed || over.aborted || performance.now() - began > insistMs;
    try {
      const answer = await ask();
      if (isLast || !passing.has(answer.statusCode ?? 0)) return answer;
      answer.resume();
    } catch (error) {
      if (isLast) throw error;
    }
    await sleep(pauseMs, undefined, { signal: over }).catch(() => undefined);
  }
}

/** What a server that restarts, or a proxy before it, answers. */
const passing = new Set([502, 503, 504]);

async function send(
  url: string,
  method: string | undefined,
  headers: Record<string, string | string[]>,
  body: string,
): Promise<IncomingMessage> {
  const { request } = await (url.startsWith('https:') ? import('node:https') : import('node:http'));
  return new Promise((resolve, reject) => {
    const forwarded = request(url, { method, headers }, resolve);
    forwarded.on('error', (cause) =>
      reject(new AppError('unavailable', `Slipway cannot be reached (${cause.message})`, {}, { cause })),
    );
    pipeline(createReadStream(body), forwarded).catch((error: Error) => forwarded.destroy(error));
  });
}
