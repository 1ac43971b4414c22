import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import { type CacheFacts, type CacheStore, cacheId, matchCache } from './caches.ts';
import type { Entry } from './store/entryStore.ts';
import { contentName, type Upload } from './store/upload.ts';
import type { Grant } from './tickets.ts';
import type { TwirpService } from './twirp.ts';

export interface CacheOptions {
  readonly store: CacheStore;
  /** Written is the first; read are all, in this order. */
  readonly scopes: readonly [string, ...string[]];
  /** Of all that is cached: beyond, what was used least lately goes. */
  readonly maxTotalBytes: number;
  readonly now: () => Date;
}

/** What both protocols of the cache do. */
export interface Caches {
  restore(key: string, restoreKeys: readonly string[], version: string): Promise<Entry<CacheFacts> | null>;
  /**
   * Null when there is one already, or one is just being made. Asked again before anything came, it answers the same:
   * whoever did not hear the answer asks once more.
   */
  begin(key: string, version: string): Promise<Upload | null>;
  /** Throws `invalid_input` when another number of bytes came. */
  finish(key: string, version: string, sizeBytes: number): Promise<number>;
}

const maxKeyLength = 512;

export function openCaches({ store, scopes, maxTotalBytes, now }: CacheOptions): Caches {
  const uploads = new Map(store.resumed.map(({ upload, note }) => [note.entry, upload]));
  let finished = 0;
  const idOf = (key: string, version: string): string => {
    if (key.length > maxKeyLength || key.includes(','))
      throw new AppError(
        'invalid_input',
        `a key of a cache has at most ${maxKeyLength} characters and no comma`,
      );
    return cacheId({ key, version, scope: scopes[0] });
  };
  return {
    async restore(key, restoreKeys, version) {
      const found = matchCache(await store.list(), { key, restoreKeys, version, scopes });
      if (found !== null) await store.touch(found.id, now());
      return found;
    },
    async begin(key, version) {
      const id = idOf(key, version);
      const begun = uploads.get(id);
      if (begun !== undefined) return (await begun.isUntouched()) ? begun : null;
      if ((await store.list()).some((entry) => entry.id === id)) return null;
      const upload = await store.begin({ entry: id });
      uploads.set(id, upload);
      return upload;
    },
    async finish(key, version, sizeBytes) {
      const id = idOf(key, version);
      const upload = uploads.get(id);
      if (!upload) throw new AppError('not_found', `no upload of ${JSON.stringify(key)} was begun`);
      uploads.delete(id);
      const content = await upload.content();
      if (content === null || content.sizeBytes !== sizeBytes) {
        await upload.discard();
        throw new AppError(
          'invalid_input',
          `${sizeBytes} bytes were announced, and ${content?.sizeBytes ?? 'none'} came`,
        );
      }
      const facts = { key, version, scope: scopes[0], sizeBytes, createdAt: now().toISOString() };
      await store.publish(upload, { id, fileName: contentName, facts, replace: false });
      await evict(store, id, maxTotalBytes);
      finished += 1;
      return finished;
    },
  };
}

/** Removes what was used least lately, but not what was just made. */
async function evict(store: CacheStore, newest: string, maxTotalBytes: number): Promise<void> {
  const entries = await store.list();
  const usedAt = async ({ file }: Entry<CacheFacts>) =>
    (await stat(join(dirname(file), 'entry.json')).catch(() => null))?.mtimeMs ?? 0;
  const dated = await Promise.all(entries.map(async (entry) => ({ entry, at: await usedAt(entry) })));
  let total = entries.reduce((sum, { facts }) => sum + facts.sizeBytes, 0);
  for (const { entry } of dated.sort((a, b) => a.at - b.at)) {
    if (total <= maxTotalBytes) return;
    if (entry.id === newest) continue;
    await store.remove(entry.id);
    total -= entry.facts.sizeBytes;
  }
}

/** `github.actions.results.api.v1.CacheService`. */
export function cacheService(caches: Caches, address: (grant: Grant) => string): TwirpService {
  return {
    async CreateCacheEntry(fields) {
      const upload = await caches.begin(fields.text('key'), fields.text('version'));
      if (upload === null)
        return {
          ok: false,
          message: 'there is a cache with this key and version, or one is just being made',
        };
      return { ok: true, signed_upload_url: address({ kind: 'upload', store: 'cache', id: upload.id }) };
    },
    async FinalizeCacheEntryUpload(fields) {
      const size = Number(fields.optional('size_bytes') ?? '0');
      const id = await caches.finish(fields.text('key'), fields.text('version'), size);
      return { ok: true, entry_id: String(id) };
    },
    async GetCacheEntryDownloadURL(fields) {
      const restoreKeys = fields.texts('restore_keys');
      const found = await caches.restore(fields.text('key'), restoreKeys, fields.text('version'));
      if (found === null) return { ok: false };
      const grant: Grant = {
        kind: 'download',
        store: 'cache',
        id: found.id,
        fileName: 'cache',
        mimeType: 'application/octet-stream',
      };
      return { ok: true, signed_download_url: address(grant), matched_key: found.facts.key };
    },
  };
}
