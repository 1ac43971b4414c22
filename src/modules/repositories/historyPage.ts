import { AppError } from '../../platform/errors.ts';
import type { Commit } from '../../platform/git/index.ts';
import type { History } from './history.ts';
import type { RepositoryRow } from './store.ts';

export interface HistoryPage {
  /** What the first page was asked for, and the commit that it meant then. */
  readonly ref: string;
  readonly sha: string;
  readonly commits: Commit[];
  readonly next_cursor: string | null;
}

/**
 * A page of the commits of a ref (the default branch when none is named), newest first. It is fixed by the commit
 * that the first page began with: a fetch in between moves nothing.
 */
export async function historyPage(
  history: History,
  repository: RepositoryRow,
  page: { ref?: string | undefined; cursor?: string | undefined; limit: number; withFiles?: boolean },
): Promise<HistoryPage> {
  const { limit, withFiles = false } = page;
  const { ref, sha, skip } =
    page.cursor === undefined ? await firstPage(history, repository, page.ref) : parseCursor(page.cursor);
  const found = await history.commits(repository, { include: sha, skip, limit: limit + 1, withFiles });
  const next_cursor = found.length > limit ? `${sha}.${skip + limit}.${ref}` : null;
  return { ref, sha, commits: found.slice(0, limit), next_cursor };
}

async function firstPage(history: History, repository: RepositoryRow, named: string | undefined) {
  const ref = named ?? repository.default_branch;
  if (ref === null)
    throw new AppError('conflict', `repository ${repository.name} has no default branch yet; name a ref`);
  return { ref, sha: await history.resolve(repository, ref), skip: 0 };
}

function parseCursor(cursor: string): { ref: string; sha: string; skip: number } {
  const match = /^([0-9a-f]{40,64})\.(\d{1,9})\.(.+)$/.exec(cursor);
  if (match === null)
    throw new AppError('invalid_input', 'query.cursor: use `next_cursor` of the page before');
  return { sha: match[1] ?? '', skip: Number(match[2]), ref: match[3] ?? '' };
}
