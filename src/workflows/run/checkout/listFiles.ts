import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { posix } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { askGit } from '../../commit/index.ts';
import { inParallel } from './inParallel.ts';

/** Something in a working tree; its path is relative to the top, each byte a character (names need not be UTF-8). */
export interface TreeEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'directory';
}

/**
 * What a working tree holds and git does not ignore, as it is now: tracked or not, committed or not. Repositories
 * inside of it (submodules that are there, or others) are listed likewise. What is tracked and was deleted is not there.
 */
export async function listFiles(root: string): Promise<TreeEntry[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const output = (await askGit(args, root)).toString('latin1');
  const paths = [...new Set(output.split('\0'))].filter((path) => path !== '');
  const found = await inParallel(paths, (path) => look(root, path.replace(/\/$/, '')));
  return withoutThoseBehindLinks(found.flatMap((entries) => entries ?? []));
}

/** The bytes of a path in a working tree. */
export const bytesOf = (root: string, path: string): Buffer =>
  Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]);

async function look(root: string, path: string): Promise<TreeEntry[] | undefined> {
  const stats = await statOf(bytesOf(root, path));
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) return [{ path, kind: 'link' }];
  if (stats.isFile()) return [{ path, kind: 'file' }];
  if (!stats.isDirectory()) return undefined;
  return [{ path, kind: 'directory' }, ...(await listNested(root, path))];
}

/** Git names a repository inside of another as a directory, and says nothing of what is in it. */
async function listNested(root: string, path: string): Promise<TreeEntry[]> {
  if ((await statOf(bytesOf(root, `${path}/.git`))) === undefined) return [];
  // Node takes no bytes as the working directory of a command: one whose name is no UTF-8 stays empty.
  const nested = bytesOf(root, path).toString();
  if (nested.includes('\ufffd')) return [];
  const entries = await listFiles(nested);
  return entries.map((entry) => ({ ...entry, path: `${path}/${entry.path}` }));
}

async function statOf(path: Buffer): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A tracked `a/b` is gone when `a` has become a link, even if there is a `b` where it leads. */
function withoutThoseBehindLinks(all: readonly TreeEntry[]): TreeEntry[] {
  const links = new Set(all.filter(({ kind }) => kind === 'link').map(({ path }) => path));
  if (links.size === 0) return [...all];
  return all.filter(({ path }) => !parentsOf(path).some((parent) => links.has(parent)));
}

/** `a/b`, `a` for `a/b/c`. */
export function parentsOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '.' || parent === '/' ? [] : [parent, ...parentsOf(parent)];
}
