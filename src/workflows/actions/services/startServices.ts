import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { equalInConstantTime } from '../../../platform/crypto/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { newRuntimeToken } from './runtimeToken.ts';
import { type DeskOptions, openServiceDesk } from './serviceDesk.ts';

export interface ServiceOptions extends Omit<DeskOptions, 'ids' | 'origin'> {
  /** By which all jobs of one run find each other's artifacts; one of its own by default. */
  readonly run?: string;
}

/** The services of a run, on the loopback, until they are closed. */
export interface Services {
  /** By which the official actions and clients find them. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts the artifacts and the cache of a run. Only who has the token of this run gets in. */
export async function startServices(options: ServiceOptions): Promise<Services> {
  const { run, ...rest } = options;
  const now = options.now ?? (() => new Date());
  const token = newRuntimeToken(now(), run);
  const loopback = await listenOnLoopback();
  const { origin } = loopback;
  const desk = await openServiceDesk({ ...rest, ids: token, origin });
  loopback.serve((request, response) =>
    desk.answer(request.url ?? '/', request, response, (asked) => assertToken(asked, token.token)),
  );
  return {
    env: serviceEnv(origin, token.token),
    close: async () => {
      await loopback.close();
      await desk.close();
    },
  };
}

/** By which the official actions and clients find services at this origin. */
export const serviceEnv = (origin: string, token: string): Readonly<Record<string, string>> => ({
  ACTIONS_RESULTS_URL: `${origin}/`,
  ACTIONS_RUNTIME_URL: `${origin}/`,
  ACTIONS_CACHE_URL: `${origin}/`,
  ACTIONS_RUNTIME_TOKEN: token,
  ACTIONS_CACHE_SERVICE_V2: 'true',
});

/** A server for the jobs of this machine alone. */
export async function listenOnLoopback(): Promise<{
  readonly origin: string;
  serve(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void;
  close(): Promise<void>;
}> {
  // To import it at the top would load the whole of Node's fetch before the first step of runs that ask for no services.
  const { createServer } = await import('node:http');
  const server = createServer();
  await listen(server);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (answer) => void server.on('request', (request, response) => void answer(request, response)),
    close: () => close(server),
  };
}

function listen(server: Server): Promise<void> {
  // Uploads take as long as they take.
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Throws `unauthenticated` unless a request carries the token of its run. */
export function assertToken(request: IncomingMessage, token: string): void {
  const [, given = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!equalInConstantTime(given, token))
    throw new AppError('unauthenticated', 'the token of this run is missing (ACTIONS_RUNTIME_TOKEN)');
}
