import { createHash } from 'node:crypto';
import { type Entry, type EntryStore, openEntryStore, type StoreOptions } from './store/entryStore.ts';
import { readFacts } from './store/readFacts.ts';
import { contentName } from './store/upload.ts';

/** What is known of something cached. */
export interface CacheFacts {
  readonly key: string;
  /** A digest of its paths and of how it is compressed: another version is never a hit. */
  readonly version: string;
  /** The ref that it was made for. */
  readonly scope: string;
  readonly sizeBytes: number;
  readonly createdAt: string;
}

export type CacheStore = EntryStore<CacheFacts>;

function parseFacts(value: unknown): (CacheFacts & { readonly fileName: string }) | null {
  const facts = readFacts(value, {
    texts: ['key', 'version', 'scope', 'createdAt', 'fileName'],
    numbers: ['sizeBytes'],
  });
  return facts?.fileName === contentName ? facts : null;
}

/** Opens what is cached of one repository. */
export function openCacheStore(directory: string, options: StoreOptions): Promise<CacheStore> {
  return openEntryStore(directory, options, parseFacts);
}

/** One of each key, version and scope can be there. */
export function cacheId({ key, version, scope }: Pick<CacheFacts, 'key' | 'version' | 'scope'>): string {
  return createHash('sha256')
    .update(JSON.stringify([scope, version, key]))
    .digest('hex')
    .slice(0, 40);
}

export interface CacheQuery {
  readonly key: string;
  /** Beginnings of keys. */
  readonly restoreKeys: readonly string[];
  readonly version: string;
  /** In the order in which they count: the run's own ref, then those whose caches it may use. */
  readonly scopes: readonly string[];
}

/**
 * What is restored, by GitHub's rules: in each scope the key itself, else the newest that begins with it, else the
 * newest that begins with the first of the restore keys that has any. Null when there is nothing.
 */
export function matchCache(
  entries: readonly Entry<CacheFacts>[],
  query: CacheQuery,
): Entry<CacheFacts> | null {
  for (const scope of query.scopes) {
    const here = entries
      .filter(({ facts }) => facts.scope === scope && facts.version === query.version)
      .sort((a, b) => (a.facts.createdAt < b.facts.createdAt ? 1 : -1));
    const exact = here.find(({ facts }) => facts.key === query.key);
    if (exact) return exact;
    for (const prefix of [query.key, ...query.restoreKeys]) {
      const found = here.find(({ facts }) => facts.key.startsWith(prefix));
      if (found) return found;
    }
  }
  return null;
}
