import { cp, readdir, readlink, realpath, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { AppError, systemCode } from '../../../platform/errors.ts';
import { GitError, layOutCommit, shortSha } from '../../../platform/git/index.ts';
import { isInside } from '../../../platform/paths.ts';
import type { RemoteName } from '../usesName.ts';
import type { Located } from './place.ts';

/**
 * Copies a repository of actions to `directory`, which must not exist: what runs there may write beside itself, and
 * the place that it comes from stays as it is. Throws `invalid_input` when a link in it leads out of it.
 */
export async function layOut(located: Located, name: RemoteName, directory: string): Promise<void> {
  try {
    if (located.kind === 'commit') await checkOut(located, name, directory);
    else await cp(await realpath(located.directory), directory, { recursive: true, verbatimSymlinks: true });
    await refuseLinksOut(directory, name);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function checkOut(
  { gitDir, sha }: Extract<Located, { kind: 'commit' }>,
  { uses }: RemoteName,
  directory: string,
): Promise<void> {
  try {
    await layOutCommit(gitDir, sha, directory);
  } catch (error) {
    if (!(error instanceof GitError) || !/unable to read|missing|bad object/i.test(error.stderr)) throw error;
    const message = `${uses}: ${gitDir} does not have all files of ${shortSha(sha)}; it is damaged, or a partial clone: clone it anew, as a whole (${error.stderr.split('\n')[0]})`;
    throw new AppError('invalid_input', message, { uses }, { cause: error });
  }
}

async function refuseLinksOut(directory: string, name: RemoteName): Promise<void> {
  const root = await realpath(directory);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isSymbolicLink())) {
    const link = join(entry.parentPath, entry.name);
    if (isInside(root, await leadsTo(link))) continue;
    throw new AppError(
      'invalid_input',
      `${name.uses} is refused: the link ${relative(root, link)} in it leads out of it, to ${await readlink(link)}`,
      { uses: name.uses },
    );
  }
}

/** Where a link ends; one that ends nowhere, or runs in a circle, by what is written in it. */
async function leadsTo(link: string): Promise<string> {
  try {
    return await realpath(link);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) throw error;
    return resolve(dirname(link), await readlink(link));
  }
}
