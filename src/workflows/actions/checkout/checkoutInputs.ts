import { isAbsolute, join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import { isSha } from '../../../platform/git/index.ts';
import { isInside } from '../../../platform/paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a step asks of its checkout; the names are those of the official action. */
export interface CheckoutInputs {
  /** `owner/name` */
  readonly repository: string;
  /** Of the repository that is run, not of another one. */
  readonly own: boolean;
  /** Empty when none was given. */
  readonly ref: string;
  readonly token: string;
  /** `GITHUB_TOKEN` of the job, which no other server is to see. */
  readonly jobToken: string;
  readonly sshKey: string;
  /** Absolute, in the workspace. */
  readonly directory: string;
  readonly wholeWorkspace: boolean;
  readonly clean: boolean;
  /** Commits of history; 0 is all, of all branches and tags. */
  readonly depth: number;
  readonly tags: boolean;
  readonly submodules: 'none' | 'direct' | 'recursive';
  readonly sparse: { readonly patterns: readonly string[]; readonly cone: boolean } | null;
  readonly persistCredentials: boolean;
  readonly serverUrl: string;
}

/** Reads `INPUT_*` as the runner gives them. Throws `invalid_input` for what cannot be done here, and says what to do. */
export function readInputs(env: Environment): CheckoutInputs {
  const input = (name: string) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const flag = (name: string) => input(name).toLowerCase() === 'true';
  const workspace = env.GITHUB_WORKSPACE ?? '';
  const repository = input('repository') || (env.GITHUB_REPOSITORY ?? '');
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || /(^|\/)\.{1,2}($|\/)/.test(repository))
    throw refused(`repository: ${JSON.stringify(repository)} is not of the form owner/name`);
  if (flag('lfs'))
    throw refused(
      'lfs: true needs a server of Git LFS, which a run on this machine does not use; set lfs: false, or bring the files another way',
    );
  const depth = Math.floor(Number(input('fetch-depth') || '1'));
  const patterns = input('sparse-checkout')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const submodules = input('submodules').toLowerCase();
  return {
    repository,
    own: repository.toLowerCase() === (env.GITHUB_REPOSITORY ?? '').toLowerCase(),
    ref: input('ref'),
    token: input('token'),
    jobToken: input('job-token'),
    sshKey: input('ssh-key'),
    ...placeOf(input('path'), workspace),
    clean: input('clean') === '' || flag('clean'),
    depth: Number.isNaN(depth) || depth < 0 ? 0 : depth,
    tags: flag('fetch-tags'),
    submodules: submodules === 'recursive' ? 'recursive' : submodules === 'true' ? 'direct' : 'none',
    sparse:
      patterns.length === 0
        ? null
        : { patterns, cone: input('sparse-checkout-cone-mode') === '' || flag('sparse-checkout-cone-mode') },
    persistCredentials: flag('persist-credentials'),
    serverUrl: input('github-server-url'),
  };
}

function placeOf(path: string, workspace: string): Pick<CheckoutInputs, 'directory' | 'wholeWorkspace'> {
  const directory = isAbsolute(path) ? join(path) : join(workspace, path);
  if (!isInside(workspace, directory)) throw refused(`path: ${path} is not in the workspace (${workspace})`);
  return {
    directory: directory.replace(/\/$/, ''),
    wholeWorkspace: directory.replace(/\/$/, '') === workspace,
  };
}

export function refused(message: string): AppError {
  return new AppError('invalid_input', message);
}

/** What is checked out: a branch, a tag or another ref, at a commit that may be known already. */
export interface Target {
  /** `refs/…`, or empty for a commit alone. */
  readonly ref: string;
  /** Null: what the ref is at. */
  readonly sha: string | null;
}

/** What is meant when the repository that is run is checked out, as GitHub reads it; null for a name that is to be looked up. */
export function ownTarget({ ref }: CheckoutInputs, env: Environment): Target | null {
  const sha = env.GITHUB_SHA ?? '';
  const runRef = env.GITHUB_REF ?? '';
  if (ref === '')
    return { ref: runRef === '' || runRef.startsWith('refs/') ? runRef : `refs/heads/${runRef}`, sha };
  if (isSha(ref.toLowerCase())) return { ref: '', sha: ref.toLowerCase() };
  if (ref === runRef) return { ref, sha };
  return null;
}
