import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, systemCode } from '../../platform/errors.ts';
import type { FoundAction, FoundWorkflow } from './actionSource.ts';
import { readDefinition, readInside } from './readDefinition.ts';
import type { RemoteName } from './usesName.ts';

/** Finds an action in its repository, which was laid out at `root`. */
export async function findRemote(name: RemoteName, root: string): Promise<FoundAction> {
  const directory = await directoryIn(root, name);
  const shown = join(name.owner, name.repository, name.path);
  const definition = await readDefinition({ uses: name.uses, root, directory, shown });
  if (definition !== null) return { directory, definition };
  throw new AppError(
    'not_found',
    `${name.uses} is no action: there is no action.yml, action.yaml or Dockerfile in ${shown}`,
    {
      uses: name.uses,
    },
  );
}

/** Links that lead out of a repository were refused when it was laid out. */
async function directoryIn(root: string, { uses, owner, repository, path }: RemoteName): Promise<string> {
  try {
    return await realpath(join(root, path));
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) throw error;
    throw new AppError('not_found', `${uses} is no action: ${owner}/${repository} has no directory ${path}`, {
      uses,
    });
  }
}

/** Reads a reusable workflow of a repository that was laid out at `root`. */
export async function findWorkflow(name: RemoteName, root: string): Promise<FoundWorkflow> {
  const { uses, owner, repository, path } = name;
  const shown = join(owner, repository, dirname(path));
  const text = await readInside({ uses, root, directory: join(root, dirname(path)), shown }, basename(path));
  if (text !== null) return { file: uses, text };
  throw new AppError('not_found', `${uses}: ${owner}/${repository} has no ${path}`, { uses });
}
