import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import { writeCommitGraph } from './commitGraph.ts';
import { askDefaultBranch, followDefaultBranch, remoteHeadRefspec } from './defaultBranch.ts';
import { runGit } from './git.ts';
import { incomingDirectory } from './leftovers.ts';
import { type ChangedRef, changedRefs, isBranchOrTag, readRefs } from './refSnapshot.ts';
import { networkOptions, type Sync, type SyncRequest, withSync } from './sync.ts';

export type SyncResult = {
  created: boolean;
  /** Branches and tags that are new, moved or gone, by full name. */
  changedRefs: ChangedRef[];
  defaultBranch: string | null;
  /** True when the repository has neither branch nor tag. */
  empty: boolean;
};

/**
 * Makes a bare mirror equal to a repository: its branches, its tags, its default branch. Kept commits stay.
 * The caller lets one sync (or `maintain`) at a time work on a mirror; readers need no lock.
 *
 * Throws `FetchError`, which says why and what to do, and `invalid_input` for a URL or credential that cannot work.
 */
export async function syncMirror(request: SyncRequest): Promise<SyncResult> {
  const directory = resolve(request.directory);
  const exists = await isMirror(directory);
  return withSync(request, directory, (sync) =>
    exists ? fetchInto(sync, directory, false) : create(sync, directory),
  );
}

/** Whether there is a mirror. A directory with anything else in it is not ours to change. */
async function isMirror(directory: string): Promise<boolean> {
  try {
    const names = await readdir(directory);
    if (names.length === 0) return false;
    if (names.includes('HEAD') && names.includes('objects')) return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  throw new AppError(
    'conflict',
    `${directory} exists and is no git mirror; move it away or choose another directory`,
  );
}

/** Builds the mirror beside its place and moves it there when it is complete: a crash leaves nothing half done. */
async function create(sync: Sync, directory: string): Promise<SyncResult> {
  const incoming = incomingDirectory(directory);
  try {
    await mkdir(dirname(directory), { recursive: true });
    await runGit(['init', '--quiet', '--bare', '--template=', '--', incoming], { signal: sync.signal });
    const result = await fetchInto(sync, incoming, true);
    await rename(incoming, directory);
    return result;
  } finally {
    await rm(incoming, { recursive: true, force: true, maxRetries: 5 });
  }
}

const manyLooseRefs = 100;

async function fetchInto(sync: Sync, directory: string, created: boolean): Promise<SyncResult> {
  const before = await readRefs(directory);
  await fetchRefs(sync, directory);
  const after = await readRefs(directory);
  const changed = changedRefs(before, after);
  const defaultBranch = await followDefaultBranch(directory, after, created, () =>
    askDefaultBranch(sync.remote.address, (args) => runGit(args, networkOptions(sync, directory))),
  );
  const options = { gitDir: directory, env: sync.marker, signal: sync.signal };
  if (changed.length >= manyLooseRefs) await runGit(['pack-refs', '--all'], options);
  await writeCommitGraph(directory, changed.length > 0, options);
  return { created, changedRefs: changed, defaultBranch, empty: ![...after.keys()].some(isBranchOrTag) };
}

/** `--prune` also removes a branch `a` before `a/b` arrives; `--update-shallow` lets a shallow clone be a source. */
async function fetchRefs(sync: Sync, directory: string): Promise<void> {
  const options = ['--prune', '--no-tags', '--force', '--no-write-fetch-head', '--update-shallow'];
  const refspecs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*', remoteHeadRefspec];
  await runGit(
    ['fetch', '--progress', ...options, '--', sync.remote.address, ...refspecs],
    networkOptions(sync, directory),
  );
}
