import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { systemCode } from '../errors.ts';
import { runGit } from './git.ts';
import { hasCommit } from './objects.ts';
import { commitMissing } from './sha.ts';

export type CheckoutRequest = {
  mirror: string;
  sha: string;
  /** Replaced when it exists. */
  directory: string;
  /** What people call the repository, for the message when it no longer has the commit. */
  repository?: string;
  signal?: AbortSignal;
};

const checkoutTimeoutMs = 30 * 60_000;

/**
 * Checks a commit out into a new directory that borrows the mirror's objects: detached HEAD, the mirror's tags
 * (for `git describe`), no remote, no hooks, no filters. The directory appears when it is complete.
 * Keep the commit first (`keepCommit`), so that gc cannot take objects from under a running deploy.
 */
export async function checkoutCommit(request: CheckoutRequest): Promise<void> {
  const { sha, signal } = request;
  const mirror = resolve(request.mirror);
  const directory = resolve(request.directory);
  const incoming = `${directory}.incoming`;
  // Neither answer needs the other, and each git takes a moment to start.
  const [exists, tags] = await Promise.all([hasCommit(mirror, sha), tagsOf(mirror)]);
  if (!exists) throw commitMissing(sha, request.repository ?? mirror);
  await Promise.all([remove(directory), remove(incoming)]);
  await mkdir(dirname(directory), { recursive: true });
  try {
    await runGit(['init', '--quiet', '--template=', '--', incoming], signal === undefined ? {} : { signal });
    await borrowFrom(mirror, join(incoming, '.git'), tags);
    await runGit(['checkout', '--quiet', '--force', '--detach', sha, '--'], {
      gitDir: join(incoming, '.git'),
      cwd: incoming,
      timeoutMs: checkoutTimeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
    await rename(incoming, directory);
  } finally {
    await remove(incoming);
  }
}

function remove(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** What `git clone --shared` does, without a remote by which a script could write into the mirror. */
async function borrowFrom(mirror: string, gitDir: string, tags: Buffer): Promise<void> {
  await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${join(mirror, 'objects')}\n`);
  await writeFile(join(gitDir, 'packed-refs'), tags);
  await copyIfExists(join(mirror, 'shallow'), join(gitDir, 'shallow'));
}

/** As `packed-refs` holds them. */
function tagsOf(mirror: string): Promise<Buffer> {
  return runGit(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/tags'], { gitDir: mirror });
}

async function copyIfExists(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
