import { resolve } from 'node:path';

/** The git checkout that somebody stands in, as far as finding its runs takes. */
export interface CheckoutHere {
  readonly root: string;
  readonly sha: string;
  /** Null: a bare commit is checked out. */
  readonly branch: string | null;
  /** Addresses of its remotes, and where it lies itself. */
  readonly addresses: readonly string[];
}

/** The checkout that `directory` lies in; null when it lies in none, or nothing is committed there. */
export async function checkoutHere(directory: string): Promise<CheckoutHere | null> {
  const [head, branch, remotes] = await Promise.all([
    ask(directory, 'rev-parse', '--show-toplevel', 'HEAD'),
    ask(directory, 'symbolic-ref', '--quiet', '--short', 'HEAD'),
    ask(directory, 'config', '--get-regexp', '^remote\\..*\\.url$'),
  ]);
  if (head === null) return null;
  const [root = '', sha = ''] = head.split('\n');
  const urls = (remotes ?? '').split('\n').map((line) => line.slice(line.indexOf(' ') + 1));
  return { root, sha, branch, addresses: [...urls.filter((url) => url !== ''), root] };
}

/** What git answers; null when it has no answer. */
async function ask(directory: string, ...args: string[]): Promise<string | null> {
  const { GitError, runGit } = await import('../../platform/git/index.ts');
  // Also of a checkout of another user's: these questions start no program that its configuration names.
  const trusting = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false'];
  try {
    return (await runGit([...trusting, ...args], { cwd: directory })).toString().trimEnd();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/** Whether two addresses are of one repository, however each is written. */
export const isSameAddress = (one: string, other: string): boolean => plain(one) === plain(other);

/** `git@host:a/b.git`, `ssh://git@host/a/b` and `https://ann@host/a/b.git/` are all `host/a/b`. */
function plain(address: string): string {
  const bare = address
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/\/+$/, '');
  if (bare.startsWith('/')) return resolve(bare);
  if (bare.startsWith('file://')) return resolve(bare.slice('file://'.length));
  const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/)(.+)$/.exec(bare);
  if (scp !== null) return `${scp[1]?.toLowerCase()}/${scp[2]}`;
  const [, host = '', path = ''] = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/]+)\/(.*)$/i.exec(bare) ?? [];
  return host === '' ? bare : `${host.toLowerCase()}/${path}`;
}

/** The text of a file as it is in a commit; null when the checkout does not have that. */
export const readAtCommit = (checkout: CheckoutHere, sha: string, file: string): Promise<string | null> =>
  ask(checkout.root, 'show', `${sha}:${file}`);
