import { join, normalize } from 'node:path/posix';
import { AppError } from '../../platform/errors.ts';
import { listFilesAt, readFilesAt } from '../../platform/git/index.ts';
import type { ActionSource, FoundAction } from '../actions/index.ts';
import { readAction } from '../language/index.ts';
import type { ReadFile } from './gatherCalled.ts';
import { commits } from './remember.ts';

const mostBytes = 64 * 1024 * 1024;

/** Reads files of a commit. Throws `invalid_input` for one that is too large. */
export const filesOf =
  (gitDir: string, sha: string): ReadFile =>
  async (file) => {
    const path = normalize(file);
    const [found] = await commits.recall(['file', gitDir, sha, path], () =>
      readFilesAt(gitDir, sha, [path], mostBytes),
    );
    if (found === null || found === undefined) return null;
    if ('text' in found) return found.text;
    throw new AppError('invalid_input', `${file} has ${found.tooLarge} bytes; at most ${mostBytes} are read`);
  };

/** Actions as a plan needs them: those of the repository are read from the commit, without a checkout. */
export function commitActions(gitDir: string, sha: string, others: ActionSource): ActionSource {
  const read = filesOf(gitDir, sha);
  return {
    findWorkflow: (uses) => others.findWorkflow(uses),
    find: async (uses, workspace) =>
      uses.startsWith('./') ? findInCommit(uses) : others.find(uses, workspace),
  };

  async function findInCommit(uses: string): Promise<FoundAction> {
    const directory = join(uses);
    for (const name of ['action.yml', 'action.yaml']) {
      const text = await read(join(directory, name));
      if (text === null) continue;
      const { action } = readAction(text, join(directory, name));
      if (action !== null) return { directory, definition: action };
      throw new AppError('invalid_input', `${uses} is not valid`);
    }
    const names = await listFilesAt(gitDir, sha, directory);
    const reason = names.length === 0 ? 'there is no such directory' : 'it has no action.yml';
    throw new AppError('not_found', `${uses} is no action of this commit: ${reason}`);
  }
}
