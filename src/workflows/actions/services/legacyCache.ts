import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../../platform/errors.ts';
import type { Caches } from './cacheService.ts';
import { readBody } from './readBody.ts';
import type { Upload } from './store/upload.ts';
import type { Grant } from './tickets.ts';
import { readFields } from './twirp.ts';

export const legacyCachePath = '/_apis/artifactcache/';

const maxBytes = 64 * 1024;
/** Answers one request; throws `AppError`. */
export type LegacyCache = (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The protocol of the cache that clients speak that are older, or believe that they are not on GitHub's own server:
 * find, reserve, upload by ranges, commit.
 */
export function legacyCache(caches: Caches, address: (grant: Grant) => string): LegacyCache {
  const reserved = new Map<string, { key: string; version: string; upload: Upload }>();

  const find: LegacyCache = async (url, _request, response) => {
    const [key = '', ...restoreKeys] = (url.searchParams.get('keys') ?? '').split(',');
    const version = url.searchParams.get('version') ?? '';
    const found = await caches.restore(key, restoreKeys, version);
    if (found === null) return void response.writeHead(204).end();
    const { key: cacheKey, scope, createdAt: creationTime } = found.facts;
    const archiveLocation = address({
      kind: 'download',
      store: 'cache',
      id: found.id,
      fileName: 'cache',
      mimeType: 'application/octet-stream',
    });
    send(response, 200, { archiveLocation, cacheKey, cacheVersion: version, scope, creationTime });
  };
  const reserve: LegacyCache = async (_url, request, response) => {
    const fields = readFields(await readBody(request, maxBytes));
    const [key, version] = [fields.text('key'), fields.text('version')];
    const upload = await caches.begin(key, version);
    if (upload === null) throw new AppError('conflict', 'there is a cache with this key and version');
    const cacheId = reserved.size + 1;
    reserved.set(String(cacheId), { key, version, upload });
    send(response, 201, { cacheId });
  };
  const reservedAt = (url: URL) => {
    const found = reserved.get(url.pathname.split('/').at(-1) ?? '');
    if (found) return found;
    throw new AppError('not_found', `nothing was reserved at ${url.pathname}`);
  };
  const put: LegacyCache = async (url, request, response) => {
    const [, start] = /^bytes (\d+)-/.exec(request.headers['content-range'] ?? '') ?? [];
    if (start === undefined) throw new AppError('invalid_input', 'Content-Range is missing');
    await reservedAt(url).upload.putRange(Number(start), request);
    response.writeHead(204).end();
  };
  const commit: LegacyCache = async (url, request, response) => {
    const { key, version } = reservedAt(url);
    const size = Number(readFields(await readBody(request, maxBytes)).text('size'));
    await caches.finish(key, version, size);
    response.writeHead(204).end();
  };
  const routes: readonly (readonly [RegExp, LegacyCache])[] = [
    [/^GET cache$/, find],
    [
      /^GET caches$/,
      async (_url, _request, response) => send(response, 200, { totalCount: 0, artifactCaches: [] }),
    ],
    [/^POST caches$/, reserve],
    [/^PATCH caches\/\d+$/, put],
    [/^POST caches\/\d+$/, commit],
  ];
  return async (url, request, response) => {
    const what = `${request.method} ${url.pathname.slice(legacyCachePath.length)}`;
    const route = routes.find(([sign]) => sign.test(what));
    if (route === undefined) throw new AppError('not_found', `there is no ${request.method} ${url.pathname}`);
    await route[1](url, request, response);
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
