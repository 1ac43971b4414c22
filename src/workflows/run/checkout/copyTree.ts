import { constants, mkdirSync } from 'node:fs';
import { copyFile, readlink, symlink } from 'node:fs/promises';
import { AppError, systemCode } from '../../../platform/errors.ts';
import { inParallel } from './inParallel.ts';
import { bytesOf, parentsOf, type TreeEntry } from './listFiles.ts';

/**
 * Copies these entries of a tree into another directory, with their modes; what vanished meanwhile is left out.
 * File systems that can share blocks until one side changes do.
 */
export async function copyTree(from: string, to: string, entries: readonly TreeEntry[]): Promise<void> {
  // Parents sort before what lies in them.
  mkdirSync(to, { recursive: true });
  for (const path of [...directoriesOf(entries)].sort()) mkdirSync(bytesOf(to, path), { recursive: true });
  await inParallel(
    entries.filter(({ kind }) => kind !== 'directory'),
    (entry) => copyEntry(from, to, entry),
  );
}

function directoriesOf(entries: readonly TreeEntry[]): Set<string> {
  const directories = new Set<string>();
  for (const { path, kind } of entries) {
    if (kind === 'directory') directories.add(path);
    for (const parent of parentsOf(path)) directories.add(parent);
  }
  return directories;
}

async function copyEntry(from: string, to: string, { path, kind }: TreeEntry): Promise<void> {
  const source = bytesOf(from, path);
  const target = bytesOf(to, path);
  try {
    if (kind === 'link') await symlink(await readlink(source, { encoding: 'buffer' }), target);
    else await copyFile(source, target, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    if (systemCode(error) !== 'EACCES') throw error;
    throw new AppError(
      'invalid_input',
      `${source.toString()} cannot be read, and so not be copied for the jobs: change its mode, or let git ignore it`,
      {},
      { cause: error },
    );
  }
}
