import { mkdir, rm } from 'node:fs/promises';
import { runGit } from './git.ts';
import { assertSha } from './sha.ts';

/**
 * Writes the files of a commit into a directory that does not exist yet. The repository, bare or with a work tree, is
 * only read: neither its index nor its HEAD changes, and nothing of it is in the directory.
 */
export async function layOutCommit(gitDir: string, sha: string, directory: string): Promise<void> {
  assertSha(sha);
  await mkdir(directory, { recursive: true });
  const index = `${directory}.index`;
  try {
    const how = ['--quiet', '--force', '--ignore-skip-worktree-bits'];
    await runGit(['checkout', ...how, sha, '--', '.'], {
      gitDir,
      cwd: directory,
      env: { GIT_WORK_TREE: directory, GIT_INDEX_FILE: index },
    });
  } finally {
    await rm(index, { force: true });
  }
}
