import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';
import { writeCommitGraph } from './commitGraph.ts';
import { followDefaultBranch } from './defaultBranch.ts';
import { runGit } from './git.ts';
import { maintain } from './maintain.ts';
import type { RefSnapshot } from './refSnapshot.ts';

/**
 * Makes an empty bare repository that people push to, unless there is one: built beside its place and moved there,
 * so that a crash leaves nothing half done, and of two who make it at once both find it.
 */
export async function createHosted(directory: string): Promise<void> {
  if (await exists(join(directory, 'HEAD'))) return;
  const incoming = `${directory}.new-${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
    await runGit(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', '--', incoming]);
    await rename(incoming, directory);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/** Lets HEAD name a branch that exists: `known`, as long as it does. Answers it; null while there is no branch. */
export async function keepDefaultBranch(
  directory: string,
  refs: RefSnapshot,
  known: string | null,
): Promise<string | null> {
  if (known !== null && refs.has(`refs/heads/${known}`)) return known;
  return followDefaultBranch(directory, refs, false, async () => null);
}

const manyLooseRefs = 100;

/**
 * Keeps a hosted repository fast, and removes what a crash has left there. The caller lets one at a time work on it;
 * pushes may go on.
 */
export async function tendHosted(directory: string, signal: AbortSignal): Promise<void> {
  await removeAbandoned(directory);
  const options = { gitDir: directory, signal };
  if ((await countLooseRefs(directory)) >= manyLooseRefs) await runGit(['pack-refs', '--all'], options);
  await writeCommitGraph(directory, true, options);
  await maintain(directory, signal);
}

/** No git holds a lock on a ref for so long, and no push lasts a day. */
const abandonedLockMs = 10 * 60_000;
const abandonedPushMs = 24 * 3_600_000;

/** A git that was killed leaves its locks, by which every later push to that ref would fail, and half a pack. */
async function removeAbandoned(directory: string): Promise<void> {
  const refs = await readdir(join(directory, 'refs'), { recursive: true });
  const locks = [...refs.map((name) => join('refs', name)), 'packed-refs.lock', 'HEAD.lock'];
  await removeOlder(
    directory,
    locks.filter((name) => name.endsWith('.lock')),
    abandonedLockMs,
  );
  const objects = (await readdir(join(directory, 'objects'))).filter((name) => name.startsWith('tmp_objdir'));
  await removeOlder(join(directory, 'objects'), objects, abandonedPushMs);
}

async function removeOlder(directory: string, names: readonly string[], ageMs: number): Promise<void> {
  for (const name of names) {
    const path = join(directory, name);
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > ageMs)
      await rm(path, { recursive: true, force: true });
  }
}

async function countLooseRefs(directory: string): Promise<number> {
  const entries = await readdir(join(directory, 'refs'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
