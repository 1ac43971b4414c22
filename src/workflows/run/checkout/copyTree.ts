import { constants, copyFileSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
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
  const files = entries.filter(({ kind }) => kind !== 'directory');
  if (files.length <= smallTree) for (const entry of files) copyNow(from, to, entry);
  else await inParallel(files, (entry) => copyEntry(from, to, entry));
}

/** So many files are copied at once: to ask Node's threads for each takes several times as long. */
const smallTree = 50;

function directoriesOf(entries: readonly TreeEntry[]): Set<string> {
  const directories = new Set<string>();
  for (const { path, kind } of entries) {
    if (kind === 'directory') directories.add(path);
    for (const parent of parentsOf(path)) directories.add(parent);
  }
  return directories;
}

function copyNow(from: string, to: string, { path, kind }: TreeEntry): void {
  const source = bytesOf(from, path);
  const target = bytesOf(to, path);
  try {
    if (kind === 'link') symlinkSync(readlinkSync(source, { encoding: 'buffer' }), target);
    else copyFileSync(source, target, constants.COPYFILE_FICLONE);
  } catch (error) {
    explain(error, source);
  }
}

async function copyEntry(from: string, to: string, { path, kind }: TreeEntry): Promise<void> {
  const source = bytesOf(from, path);
  const target = bytesOf(to, path);
  try {
    if (kind === 'link') await symlink(await readlink(source, { encoding: 'buffer' }), target);
    else await copyFile(source, target, constants.COPYFILE_FICLONE);
  } catch (error) {
    explain(error, source);
  }
}

/** What vanished meanwhile is no matter. */
function explain(error: unknown, source: Buffer): void {
  if (systemCode(error) === 'ENOENT') return;
  if (systemCode(error) !== 'EACCES') throw error;
  throw new AppError(
    'invalid_input',
    `${source.toString()} cannot be read, and so not be copied for the jobs: change its mode, or let git ignore it`,
    {},
    { cause: error },
  );
}
