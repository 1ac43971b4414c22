import { existsSync } from 'node:fs';
import { fetchChangeHead, forgetChangeHead } from '../../platform/git/index.ts';
import { type FetchContext, syncRequest } from './fetchNext.ts';
import { holdMirror } from './holdMirror.ts';
import type { RepositoryRow } from './store.ts';

/** What came of fetching the head of a pull or merge request. */
export type FetchedHead =
  /** Another works on the mirror. */
  | { readonly kind: 'busy' }
  /** `head` is null when the origin has no such change. */
  | { readonly kind: 'fetched'; readonly head: string | null };

const timeoutMs = 5 * 60_000;

/** Fetches the head of a change into the mirror of a repository, which must have been fetched before. Throws like a fetch. */
export async function fetchHeadOf(
  context: FetchContext,
  repository: RepositoryRow,
  change: { number: number; remoteRef: string },
  signal: AbortSignal,
): Promise<FetchedHead> {
  const head = await holdMirror(context.db, repository.id, async () => {
    const request = await syncRequest(context, repository, signal);
    return fetchChangeHead({ ...request, timeoutMs }, change);
  });
  return head === undefined ? { kind: 'busy' } : { kind: 'fetched', head };
}

/** Lets go of the head of a change. False when another works on the mirror: try again later. */
export async function forgetHeadOf(
  context: FetchContext,
  repositoryId: number,
  number: number,
): Promise<boolean> {
  const forgotten = await holdMirror(context.db, repositoryId, async () => {
    const directory = context.paths.mirror(repositoryId);
    // Whoever removed the mirror, to have it fetched anew, has removed its heads too.
    if (existsSync(directory)) await forgetChangeHead(directory, number);
    return true;
  });
  return forgotten ?? false;
}
