import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../platform/errors.ts';
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
}

/** The services of a run that are kept elsewhere: the job finds them on the loopback, and all goes through. */
export async function proxyServices({ run, target, headers }: ProxyOptions): Promise<Services> {
  const token = newRuntimeToken(new Date(), run);
  const { origin, serve, close } = await listenOnLoopback();
  serve((request, response) => {
    return answer(request, response).catch((error: unknown) => sendFailure(error, request, response));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    // What has a signed address is for whoever has it.
    if (!path.startsWith('/slipway/blobs/')) assertToken(request, token.token);
    await forward(target(path), { ...passed(request), ...headers(origin) }, request, response);
  }
  return { env: serviceEnv(origin, token.token), close };
}

const own = new Set(['host', 'connection', 'authorization', 'keep-alive', 'expect', 'te', 'upgrade']);

const passed = ({ headers }: IncomingMessage) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || own.has(name) ? [] : [[name, value]],
    ),
  );

function forward(
  url: string,
  headers: Record<string, string | string[]>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const forwarded = send(url, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, outgoing).then(resolve, reject);
    });
    forwarded.on('error', (cause) =>
      reject(new AppError('unavailable', `Slipway cannot be reached (${cause.message})`, {}, { cause })),
    );
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
}
