import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../../platform/errors.ts';
import { artifactService } from './artifactService.ts';
import { openArtifactStore } from './artifacts.ts';
import { answerBlob, type Blob } from './blobs/answerBlob.ts';
import { cacheService, openCaches } from './cacheService.ts';
import { openCacheStore } from './caches.ts';
import { legacyCache, legacyCachePath } from './legacyCache.ts';
import { readBody } from './readBody.ts';
import type { RuntimeToken } from './runtimeToken.ts';
import { type Grant, newTickets } from './tickets.ts';
import { readFields, type TwirpService, twirpError } from './twirp.ts';

export interface DeskOptions {
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
  readonly ids: Pick<RuntimeToken, 'runBackendId' | 'jobBackendId'>;
  /** Where clients find it, without a slash at its end. */
  readonly origin: string;
  /** By which one that is opened anew, in another process, goes on with what was begun: whose it is, and a secret. */
  readonly lasting?: { readonly owner: string; readonly secret: string };
}

/** Answers what clients of artifacts and caches ask, wherever it is asked. */
export interface ServiceDesk {
  /**
   * Answers a request for `target`, a path with its query. `authorise` throws when who asks may not; what has a signed
   * address is not asked.
   */
  answer(
    target: string,
    request: IncomingMessage,
    response: ServerResponse,
    authorise?: (request: IncomingMessage) => void,
  ): Promise<void>;
  close(): Promise<void>;
}

const gibibyte = 1024 ** 3;
const maxRequestBytes = 1024 * 1024;

/**
 * Opens the artifacts and the cache of a run by the protocols of the official clients: Twirp in its JSON form, and a
 * blob storage like Azure's.
 */
export async function openServiceDesk(options: DeskOptions): Promise<ServiceDesk> {
  const {
    maxBytes = 10 * gibibyte,
    maxCacheBytes = 10 * gibibyte,
    now = () => new Date(),
    ids,
    origin,
  } = options;
  const { owner, secret } = options.lasting ?? { owner: undefined, secret: randomBytes(32) };
  const [artifacts, cache] = await Promise.all([
    openArtifactStore(options.artifacts, { maxBytes, owner }),
    openCacheStore(options.cache, { maxBytes: Math.min(maxBytes, maxCacheBytes), owner }),
  ]);
  const stores = { artifacts, cache };
  const tickets = newTickets(() => now().getTime(), secret);
  const address = (grant: Grant) => `${origin}${tickets.issue(grant)}`;
  const caches = openCaches({ store: cache, scopes: options.scopes, maxTotalBytes: maxCacheBytes, now });
  const answerLegacy = legacyCache(caches, address);
  const services: Record<string, TwirpService> = {
    'github.actions.results.api.v1.ArtifactService': artifactService({ store: artifacts, ids, address, now }),
    'github.actions.results.api.v1.CacheService': cacheService(caches, address),
  };

  async function blobOf(grant: Grant): Promise<Blob> {
    const store = stores[grant.store];
    if (grant.kind === 'upload') {
      const upload = store.upload(grant.id);
      if (upload !== undefined) return { kind: 'upload', upload };
    } else {
      const entry = await store.entry(grant.id);
      if (entry !== undefined) return { ...grant, file: entry.file };
    }
    throw new AppError('not_found', 'what was at this address is gone');
  }

  const answer: ServiceDesk['answer'] = async (target, request, response, authorise) => {
    const url = new URL(target, origin);
    const [, blob] = /^\/slipway\/blobs\/([\w-]+)$/.exec(url.pathname) ?? [];
    if (blob !== undefined) {
      const grant = tickets.redeem(blob, url.searchParams.get('sig') ?? '');
      return answerBlob(await blobOf(grant), url, request, response);
    }
    authorise?.(request);
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
  return {
    answer: (target, request, response, authorise) =>
      answer(target, request, response, authorise).catch((error: unknown) =>
        sendFailure(error, request, response),
      ),
    close: async () => {
      await Promise.all([artifacts.close(), cache.close()]);
    },
  };
}

/** As Twirp tells of what failed. */
export function sendFailure(error: unknown, request: IncomingMessage, response: ServerResponse): void {
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
