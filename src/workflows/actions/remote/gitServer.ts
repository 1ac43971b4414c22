import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import {
  FetchError,
  fetchSnapshot,
  findObjects,
  parseRemoteUrl,
  snapshotRef,
} from '../../../platform/git/index.ts';
import type { RemoteName } from '../usesName.ts';
import { type ActionPlace, type Located, type NotThere, notThere } from './place.ts';
import { explainNoSuchRef } from './resolveRef.ts';

export interface GitServerOptions {
  /** What was fetched once is found here without asking the server again. */
  readonly cacheDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

/** Whether a text is the address of a server, and no path. */
export function isServerUrl(text: string): boolean {
  return text.includes('://') || /^[^/\s]+@[^/\s]+:/.test(text);
}

/** A server with repositories at `URL/<owner>/<repo>`. Throws `invalid_input` for a URL that cannot work. */
export function gitServer(url: string, options: GitServerOptions): ActionPlace {
  const { address } = parseRemoteUrl(repositoryUrl(url, 'owner', 'repository'));
  const cache = join(options.cacheDirectory, createHash('sha256').update(address).digest('hex').slice(0, 16));
  return { locate: (name) => locateAt(url, cache, name, options.signal) };
}

/** Of a repository at a server. */
export function repositoryUrl(base: string, owner: string, repository: string): string {
  return `${base}${/[:/]$/.test(base) ? '' : '/'}${owner}/${repository}`;
}

async function locateAt(
  base: string,
  cache: string,
  name: RemoteName,
  signal: AbortSignal | undefined,
): Promise<Located | NotThere> {
  const { owner, repository, ref } = name;
  const directory = join(cache, owner.toLowerCase(), repository.toLowerCase(), encodeURIComponent(ref));
  const cached = await readSnapshot(directory);
  if (cached !== null) return cached;
  const url = repositoryUrl(base, owner, repository);
  try {
    const result = await fetchSnapshot({ url, ref, directory, signal });
    if (!result.found)
      return notThere(`${parseRemoteUrl(url).display}: ${explainNoSuchRef(ref, result.names)}`);
  } catch (error) {
    if (error instanceof FetchError) return notThere(error.message);
    throw error;
  }
  const fetched = await readSnapshot(directory);
  if (fetched === null)
    throw new AppError('internal', `${directory} cannot be read although it was just made`);
  return fetched;
}

/** Null when there is none. One that cannot be read, as after a power failure, is removed. */
async function readSnapshot(directory: string): Promise<Located | null> {
  if (!existsSync(directory)) return null;
  const [commit] = await findObjects(directory, [`${snapshotRef}^{commit}`]);
  if (commit?.type === 'commit') return { kind: 'commit', gitDir: directory, sha: commit.sha };
  await rm(directory, { recursive: true, force: true });
  return null;
}
