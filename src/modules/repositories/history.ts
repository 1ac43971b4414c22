import { LRUCache } from 'lru-cache';
import type { Commit as CommitView } from '../../contract/repositories.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type Commit,
  type CommitRange,
  type Comparison,
  compareCommits,
  keepCommit,
  listCommits,
  listRefs,
  type Ref,
  readCommit,
  resolveRef,
} from '../../platform/git/index.ts';
import type { RepositoryRow } from './store.ts';

/** What is read from a mirror. Answers about shas never change, so they are remembered. */
export interface History {
  /** The commit that a ref means; invalid_input says why it means none. */
  resolve(repository: RepositoryRow, ref: string): Promise<string>;
  commit(repository: RepositoryRow, sha: string): Promise<Commit>;
  commits(repository: RepositoryRow, range: CommitRange): Promise<Commit[]>;
  compare(repository: RepositoryRow, live: string | null, candidate: string): Promise<Comparison>;
  refs(repository: RepositoryRow): Promise<Ref[]>;
  /** Keeps a commit for good, whatever is force-pushed. */
  keep(repository: RepositoryRow, sha: string): Promise<void>;
}

const mostCommitChars = 16 * 1024 * 1024;
const mostRefs = 100_000;

/** Roughly what a page of commits takes in memory. */
const charsOf = (commits: readonly Commit[]): number =>
  1 + commits.reduce((sum, { body, files = [] }) => sum + 1000 + body.length + files.join().length, 0);

/** Reads the mirrors below the data directory. */
export function openHistory(paths: DataPaths): History {
  const comparisons = new LRUCache<string, Comparison>({ max: 2000 });
  // By size: one commit may change a hundred thousand files, and one repository have as many refs.
  const pages = new LRUCache<string, Commit[]>({ maxSize: mostCommitChars, sizeCalculation: charsOf });
  const refLists = new LRUCache<string, Ref[]>({
    maxSize: mostRefs,
    sizeCalculation: (refs) => refs.length + 1,
  });
  const names = new LRUCache<string, string>({ max: 2000 });

  const directoryOf = (repository: RepositoryRow): string => {
    if (repository.fetched_at === null) throw neverFetched(repository);
    return paths.mirror(repository.id);
  };
  // Refs change with a fetch only, so its time is part of their key.
  const versionOf = (repository: RepositoryRow) => `${repository.id}@${repository.fetched_at?.getTime()}`;

  return {
    resolve: (repository, ref) =>
      remembered(names, `${versionOf(repository)} ${ref}`, async () => {
        const resolved = await resolveRef(directoryOf(repository), ref);
        if (resolved.ok) return resolved.sha;
        const { reason, message, ...rest } = resolved;
        throw new AppError('invalid_input', `${repository.name}: ${message}`, {
          reason,
          ...rest,
          ok: undefined,
        });
      }),
    commit: async (repository, sha) => {
      const commit = await readCommit(directoryOf(repository), sha);
      if (commit === null)
        throw new AppError('not_found', `commit ${sha} is not in repository ${repository.name}`);
      return commit;
    },
    commits: (repository, range) =>
      remembered(pages, `${repository.id} ${JSON.stringify(range)}`, () =>
        listCommits(directoryOf(repository), range),
      ),
    compare: (repository, live, candidate) =>
      remembered(comparisons, `${repository.id} ${live} ${candidate}`, () =>
        compareCommits(directoryOf(repository), live, candidate),
      ),
    refs: (repository) =>
      remembered(refLists, versionOf(repository), () => listRefs(directoryOf(repository))),
    keep: (repository, sha) => keepCommit(directoryOf(repository), sha),
  };
}

async function remembered<Value extends object | string>(
  cache: LRUCache<string, Value>,
  key: string,
  load: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = await load();
  cache.set(key, value);
  return value;
}

function neverFetched(repository: RepositoryRow): AppError {
  const why =
    repository.failure_message === null ? 'its first fetch is still under way' : repository.failure_message;
  return new AppError('conflict', `repository ${repository.name} was never fetched: ${why}`);
}

export const presentCommit = (commit: Commit): CommitView => ({
  sha: commit.sha,
  short_sha: commit.shortSha,
  parents: [...commit.parents],
  subject: commit.subject,
  body: commit.body,
  author_name: commit.authorName,
  author_email: commit.authorEmail,
  authored_at: commit.authoredAt.toISOString(),
  committed_at: commit.committedAt.toISOString(),
  pull_request: commit.pullRequest,
  ...(commit.files === undefined ? {} : { files: [...commit.files] }),
});
