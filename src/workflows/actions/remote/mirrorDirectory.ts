import { statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError, systemCode } from '../../../platform/errors.ts';
import { isSha } from '../../../platform/git/index.ts';
import type { RemoteName } from '../usesName.ts';
import { type ActionPlace, type Located, type NotThere, notThere } from './place.ts';
import { resolveActionRef } from './resolveRef.ts';

/**
 * A directory with `<owner>/<repo>/<ref>/` (plain files), or with a git repository at `<owner>/<repo>` or
 * `<owner>/<repo>.git`. It is only read. Throws `invalid_input` when there is no such directory.
 */
export function mirrorDirectory(path: string): ActionPlace {
  const root = resolve(path);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new AppError('invalid_input', `there is no directory ${root} to take actions from`, { path });
  return { locate: (name) => locateIn(root, name) };
}

async function locateIn(root: string, name: RemoteName): Promise<Located | NotThere> {
  const owner = await childNamed(root, name.owner);
  if (owner === null) return notThere(`${join(root, name.owner)}: no such directory`);
  const looked: string[] = [];
  for (const folder of [name.repository, `${name.repository}.git`]) {
    const directory = await childNamed(owner, folder);
    const found: Located | string =
      directory === null ? 'no such directory' : await locateRepository(directory, name.ref);
    if (typeof found !== 'string') return found;
    looked.push(`${join(owner, folder)}: ${found}`);
  }
  return notThere(...looked);
}

async function locateRepository(directory: string, ref: string): Promise<Located | string> {
  const gitDir = await gitDirOf(directory);
  if (gitDir !== null) return locateCommit(gitDir, ref);
  const files = join(directory, ref);
  if (!(await isDirectory(files))) return `it has no directory ${ref}, and is no git repository`;
  // Files cannot prove that they are of a commit, but a work tree can.
  const gitDirOfFiles = isSha(ref) ? await gitDirOf(files) : null;
  return gitDirOfFiles === null ? { kind: 'files', directory: files } : locateCommit(gitDirOfFiles, ref);
}

async function locateCommit(gitDir: string, ref: string): Promise<Located | string> {
  const resolved = await resolveActionRef(gitDir, ref);
  return 'sha' in resolved ? { kind: 'commit', gitDir, sha: resolved.sha } : resolved.problem;
}

/** Of a work tree its `.git`, of a bare repository itself. */
async function gitDirOf(directory: string): Promise<string | null> {
  const names = await readdir(directory);
  if (names.includes('.git')) return join(directory, '.git');
  return names.includes('HEAD') && names.includes('objects') ? directory : null;
}

/** Owners and repositories are the same in capitals and small letters. */
async function childNamed(directory: string, name: string): Promise<string | null> {
  if (await isDirectory(join(directory, name))) return join(directory, name);
  const alike = (await readdir(directory)).find((child) => child.toLowerCase() === name.toLowerCase());
  return alike !== undefined && (await isDirectory(join(directory, alike))) ? join(directory, alike) : null;
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}
