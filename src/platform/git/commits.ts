import { AppError } from '../errors.ts';
import { type Commit, commitFormat } from './commitFormat.ts';
import { runGit } from './git.ts';
import { GitError } from './gitError.ts';
import { hasCommit } from './objects.ts';
import { assertSha, commitMissing } from './sha.ts';

export type CommitRange = {
  /** Commits reachable from here, newest first … */
  include: string;
  /** … but not from here. */
  exclude?: string;
  skip?: number;
  limit: number;
  /** Also list the files of each commit; those of a merge against its first parent. */
  withFiles?: boolean;
};

/** Lists commits by one `git log`. Throws `not_found` when a commit of the range is not in the repository. */
export async function listCommits(directory: string, range: CommitRange): Promise<Commit[]> {
  const { include, exclude, skip = 0, limit, withFiles = false } = range;
  assertSha(include);
  if (exclude !== undefined) assertSha(exclude);
  const format = commitFormat(withFiles);
  // Not the default order, which shows a parent before its child where clocks were wrong.
  const page = ['--date-order', `--skip=${skip}`, `--max-count=${limit}`];
  const revisions = exclude === undefined ? [include] : [include, `^${exclude}`];
  try {
    return format.parse(
      await runGit(['log', ...format.args, ...page, ...revisions, '--'], { gitDir: directory }),
    );
  } catch (error) {
    throw await explainMissing(directory, [include, exclude], error);
  }
}

/** One commit with its files, or null when the repository does not have it. */
export async function readCommit(directory: string, sha: string): Promise<Commit | null> {
  try {
    const [commit] = await listCommits(directory, { include: sha, limit: 1, withFiles: true });
    // Of a tag's own sha git lists the commit that it names.
    return commit?.sha === sha ? commit : null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/** When git failed because a commit is not there (it says so in many ways), returns an error that names it. */
export async function explainMissing(
  directory: string,
  shas: readonly (string | null | undefined)[],
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof GitError)) return error;
  for (const sha of shas) {
    if (typeof sha === 'string' && !(await hasCommit(directory, sha))) {
      return commitMissing(sha, directory, { cause: error });
    }
  }
  return error;
}
