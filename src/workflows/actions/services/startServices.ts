import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { equalInConstantTime } from '../../../platform/crypto/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { artifactService } from './artifactService.ts';
import { openArtifactStore } from './artifacts.ts';
import { answerBlob } from './blobs/answerBlob.ts';
import { cacheService, openCaches } from './cacheService.ts';
import { openCacheStore } from './caches.ts';
import { legacyCache, legacyCachePath } from './legacyCache.ts';
import { readBody } from './readBody.ts';
import { newRuntimeToken } from './runtimeToken.ts';
import { type Grant, newTickets } from './tickets.ts';
import { readFields, type TwirpService, twirpError } from './twirp.ts';

export interface ServiceOptions {
  /** Where the artifacts of the run are kept: `<directory>/<name>/<name>.zip`. */
  readonly artifacts: string;
  /** Where what is cached for this repository is kept, from run to run. */
  readonly cache: string;
  /** The refs whose caches count: that of the run, which is written for, then those that it may read, as the default branch. */
  readonly scopes: readonly [string, ...string[]];
  /** Of one artifact or cache; 10 GiB by default. */
  readonly maxBytes?: number;
  /** Of all caches of the repository; 10 GiB by default. */
  readonly maxCacheBytes?: number;
  readonly now?: () => Date;
  /** By which all jobs of one run find each other's artifacts; one of its own by default. */
  readonly run?: string;
}

/** The services of a run, on the loopback, until they are closed. */
export interface Services {
  /** By which the official actions and clients find them. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const gibibyte = 1024 ** 3;
const maxRequestBytes = 1024 * 1024;

/**
 * Starts the artifacts and the cache of a run by the protocols of the official clients: Twirp in its JSON form, and a
 * blob storage like Azure's. Only who has the token of this run gets in.
 */
export async function startServices(options: ServiceOptions): Promise<Services> {
  const { maxBytes = 10 * gibibyte, maxCacheBytes = 10 * gibibyte, now = () => new Date() } = options;
  const [artifacts, cache] = await Promise.all([
    openArtifactStore(options.artifacts, maxBytes),
    openCacheStore(options.cache, Math.min(maxBytes, maxCacheBytes)),
  ]);
  const token = newRuntimeToken(now(), options.run);
  const tickets = newTickets(() => now().getTime());
  const server = createServer();
  await listen(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = (grant: Grant) => `${origin}${tickets.issue(grant)}`;
  const caches = openCaches({ store: cache, scopes: options.scopes, maxTotalBytes: maxCacheBytes, now });
  const answerLegacy = legacyCache(caches, address);
  const services: Record<string, TwirpService> = {
    'github.actions.results.api.v1.ArtifactService': artifactService({
      store: artifacts,
      ids: token,
      address,
      now,
    }),
    'github.actions.results.api.v1.CacheService': cacheService(caches, address),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    const [, blob] = /^\/slipway\/blobs\/(\d+)$/.exec(url.pathname) ?? [];
    if (blob !== undefined)
      return answerBlob(tickets.redeem(blob, url.searchParams.get('sig') ?? ''), url, request, response);
    assertToken(request, token.token);
    if (url.pathname.startsWith(legacyCachePath)) return answerLegacy(url, request, response);
    const [, service = '', method = ''] = /^\/twirp\/([\w.]+)\/(\w+)$/.exec(url.pathname) ?? [];
    const call = Object.hasOwn(services, service) ? services[service] : undefined;
    if (request.method !== 'POST' || !call || !Object.hasOwn(call, method))
      throw new AppError('not_found', `there is no ${request.method} ${url.pathname}`);
    sendJson(
      response,
      200,
      (await call[method]?.(readFields(await readBody(request, maxRequestBytes)))) ?? {},
    );
  };
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => sendFailure(error, request, response));
  });

  return {
    env: {
      ACTIONS_RESULTS_URL: `${origin}/`,
      ACTIONS_RUNTIME_URL: `${origin}/`,
      ACTIONS_CACHE_URL: `${origin}/`,
      ACTIONS_RUNTIME_TOKEN: token.token,
      ACTIONS_CACHE_SERVICE_V2: 'true',
    },
    async close() {
      await close(server);
      await Promise.all([artifacts.close(), cache.close()]);
    },
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

function assertToken(request: IncomingMessage, token: string): void {
  const [, given = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!equalInConstantTime(given, token))
    throw new AppError('unauthenticated', 'the token of this run is missing (ACTIONS_RUNTIME_TOKEN)');
}

function sendFailure(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const known = error instanceof AppError ? error : new AppError('internal', messageOf(error));
  const { status, body } = twirpError(known);
  // Who is still sending hears the answer only if what comes is read: a connection that is closed before is reset.
  request.resume();
  sendJson(response, status, body);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
