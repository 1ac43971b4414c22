import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, systemCode } from '../../platform/errors.ts';
import { isInside } from '../../platform/paths.ts';
import type { FoundAction } from './actionSource.ts';
import { readDefinition } from './readDefinition.ts';
import type { LocalName } from './usesName.ts';

/** Finds an action of the workspace. It may lie anywhere in it, but not outside, neither by `..` nor by a link. */
export async function findLocal({ uses, path }: LocalName, workspace: string): Promise<FoundAction> {
  const root = await realpath(workspace);
  const directory = await directoryOf(uses, root, path);
  const definition = await readDefinition({ uses, root, directory, shown: join(path) });
  if (definition !== null) return { directory, definition };
  throw new AppError(
    'not_found',
    `${uses} is no action: there is no action.yml, action.yaml or Dockerfile in ${directory}`,
    { uses },
  );
}

async function directoryOf(uses: string, root: string, path: string): Promise<string> {
  const directory = join(root, path);
  if (!isInside(root, directory))
    throw new AppError('invalid_input', `${uses} leads out of the workspace`, { uses });
  try {
    const real = await realpath(directory);
    if (isInside(root, real)) return real;
    throw new AppError('invalid_input', `${uses} leads out of the workspace by a link, to ${real}`, { uses });
  } catch (error) {
    if (systemCode(error) === 'ELOOP')
      throw new AppError('invalid_input', `${uses} is a link that runs in a circle`, { uses });
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw error;
    const message = `there is no ${uses}: looked for action.yml, action.yaml and Dockerfile in ${directory}, which does not exist. A job finds actions of its own repository once it has checked it out (actions/checkout)`;
    throw new AppError('not_found', message, { uses }, { cause: error });
  }
}
