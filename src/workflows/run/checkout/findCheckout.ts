import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import { GitError, runGit } from '../../../platform/git/index.ts';

/** A git checkout of somebody's: read, and never written. */
export interface Checkout {
  /** The top of the working tree, absolute. */
  readonly root: string;
  /** Of this working tree (`.git`, or its part of it when there are several working trees). */
  readonly gitDir: string;
  /** What all working trees of the repository share. */
  readonly commonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
}

/** Words of git's that nobody here said so. */
const noWorkTree = /must be run in a work tree/;
const noRepository = /not a git repository/;

/** The checkout that `directory` lies in. Throws `not_found`, in words, when it lies in none. */
export async function findCheckout(directory: string): Promise<Checkout> {
  const lines = await askGit(
    [
      'rev-parse',
      '--path-format=absolute',
      '--show-toplevel',
      '--absolute-git-dir',
      '--git-common-dir',
      '--show-object-format',
    ],
    directory,
  ).catch((error: unknown) => {
    throw explain(error, directory);
  });
  const [root = '', gitDir = '', commonDir = '', objectFormat] = lines.toString().split('\n');
  return { root, gitDir, commonDir, objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1' };
}

/**
 * Asks git something about a checkout, and nothing that writes. Also of one that belongs to another user, which git
 * refuses by itself because its configuration may name programs: those that a question would start are switched off.
 */
export function askGit(args: readonly string[], directory: string): Promise<Buffer> {
  const options = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false'];
  return runGit([...options, ...args], { cwd: directory, env: { GIT_CONFIG_GLOBAL: ownConfiguration() } });
}

/** Where this user says what git shall ignore everywhere. */
function ownConfiguration(): string {
  const { GIT_CONFIG_GLOBAL, XDG_CONFIG_HOME } = process.env;
  const home = homedir();
  const candidates = [
    join(home, '.gitconfig'),
    join(XDG_CONFIG_HOME || join(home, '.config'), 'git', 'config'),
  ];
  return GIT_CONFIG_GLOBAL ?? candidates.find((file) => existsSync(file)) ?? '/dev/null';
}

function explain(error: unknown, directory: string): unknown {
  if (!(error instanceof GitError)) return error;
  if (noWorkTree.test(error.message)) {
    return new AppError(
      'not_found',
      `${directory} is inside of a git repository, but not in a working tree: a workflow runs in a checkout`,
    );
  }
  if (!noRepository.test(error.message)) return error;
  return new AppError(
    'not_found',
    `${directory} is not in a git checkout: go to one, or make it one with git init`,
  );
}
