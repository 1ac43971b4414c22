import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import { type GitCredential, withAccess } from './credentials.ts';
import { FetchError } from './fetchFailure.ts';
import { type GitOptions, runGit } from './git.ts';
import { GitError } from './gitError.ts';
import { abandonedOnes, incomingBeside } from './incoming.ts';
import { findObjects } from './objects.ts';
import { refNameProblem } from './refName.ts';
import { parseRemoteUrl, type Remote } from './remoteUrl.ts';
import { isSha } from './sha.ts';

export interface SnapshotRequest {
  /** URL or absolute path of the repository. */
  readonly url: string;
  /** A tag, a branch, `refs/…` or a full sha. */
  readonly ref: string;
  /** The bare repository that is made of it. It appears when it is complete; what is there already stays. */
  readonly directory: string;
  readonly credential?: GitCredential | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `names`: the tags and branches that there are, when the one that was asked for is not. */
export type SnapshotResult = { readonly found: true } | { readonly found: false; readonly names: string[] };

/** In a snapshot: the commit that it was made for. */
export const snapshotRef = 'refs/slipway/snapshot';

/**
 * Fetches one commit, without its history, into a bare repository of its own. Any number of processes may do so for
 * the same directory at once: the first that is ready wins. One that is killed leaves nothing in its place.
 * Throws `FetchError`, which says why and what to do, and `invalid_input` for a URL or ref that cannot work.
 */
export async function fetchSnapshot(request: SnapshotRequest): Promise<SnapshotResult> {
  const remote = parseRemoteUrl(request.url);
  const problem = refNameProblem(request.ref);
  if (problem !== null)
    throw new AppError('invalid_input', `${JSON.stringify(request.ref)} is not a ref: ${problem}`);
  await mkdir(dirname(request.directory), { recursive: true });
  await Promise.all(
    (await abandonedOnes(request.directory)).map((path) => rm(path, { recursive: true, force: true })),
  );
  return withAccess(remote, request.credential, undefined, async ({ env, secrets }) => {
    const options = { env, secrets, timeoutMs, ...(request.signal && { signal: request.signal }) };
    try {
      return await fetchBeside(remote, request, options);
    } catch (error) {
      if (error instanceof GitError) throw new FetchError(remote.display, error);
      throw error;
    }
  });
}

const timeoutMs = 10 * 60_000;

async function fetchBeside(
  remote: Remote,
  { ref, directory }: SnapshotRequest,
  options: GitOptions,
): Promise<SnapshotResult> {
  const incoming = incomingBeside(directory);
  try {
    await runGit(['init', '--quiet', '--bare', '--template=', '--', incoming], options);
    const inside = { ...options, gitDir: incoming };
    const result = isSha(ref) ? await fetchSha(remote, ref, inside) : await fetchNamed(remote, ref, inside);
    if (result.found) await moveIntoPlace(incoming, directory);
    return result;
  } finally {
    await rm(incoming, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Servers give a commit that is asked for by its sha, but for old ones, where all branches and tags are fetched. */
async function fetchSha(remote: Remote, sha: string, options: GitOptions): Promise<SnapshotResult> {
  try {
    await fetchRefs(remote, ['--depth=1', '--no-tags'], [`+${sha}:${snapshotRef}`], options);
  } catch (error) {
    if (!(error instanceof GitError) || !/not our ref|unadvertised object/i.test(error.stderr)) throw error;
    await fetchRefs(
      remote,
      ['--no-tags'],
      ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'],
      options,
    );
    if (!(await isCommit(sha, options))) return { found: false, names: [] };
    await runGit(['update-ref', snapshotRef, sha], options);
  }
  // Its sha is what it was asked for by, and git names objects by their content; a tag's own sha is none of a commit.
  return (await isCommit(sha, options)) ? { found: true } : { found: false, names: [] };
}

async function isCommit(sha: string, { gitDir = '' }: GitOptions): Promise<boolean> {
  const [object] = await findObjects(gitDir, [sha]);
  return object?.type === 'commit';
}

async function fetchNamed(remote: Remote, ref: string, options: GitOptions): Promise<SnapshotResult> {
  const output = await runGit(['ls-remote', '--', remote.address], options);
  const names = output
    .toString()
    .split('\n')
    .map((line) => line.slice(line.indexOf('\t') + 1))
    .filter((name) => name.startsWith('refs/') && !name.endsWith('^{}'));
  const name = fullNamesOf(ref).find((full) => names.includes(full));
  if (name === undefined) return { found: false, names: names.flatMap(shortNameOf) };
  await fetchRefs(remote, ['--depth=1', '--no-tags'], [`+${name}:${snapshotRef}`], options);
  return { found: true };
}

/** What a name may mean, in the order in which it counts. A tag counts more than a branch, as everywhere in git. */
export function fullNamesOf(ref: string): string[] {
  return ref.startsWith('refs/') ? [ref] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
}

function shortNameOf(name: string): string[] {
  const [, short] = /^refs\/(?:heads|tags)\/(.+)$/.exec(name) ?? [];
  return short === undefined ? [] : [short];
}

async function fetchRefs(
  remote: Remote,
  how: readonly string[],
  refspecs: readonly string[],
  options: GitOptions,
): Promise<void> {
  const fixed = ['--quiet', '--no-write-fetch-head', '--update-shallow', ...how];
  await runGit(['fetch', ...fixed, '--', remote.address, ...refspecs], options);
}

/** Whoever comes second has fetched the same. */
async function moveIntoPlace(incoming: string, directory: string): Promise<void> {
  try {
    await rename(incoming, directory);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  }
}
