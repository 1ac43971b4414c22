import { AppError } from '../../../platform/errors.ts';
import { GitError } from '../../../platform/git/index.ts';
import { askGit } from '../../commit/index.ts';

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
