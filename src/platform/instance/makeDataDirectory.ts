import { constants } from 'node:fs';
import { access, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import { dataDirectoryError } from './dataDirectoryError.ts';

/**
 * Makes sure that the data directory exists, is ours and can be written; created with mode 0700. Answers its
 * real path. Throws `unavailable` with what to do.
 */
export async function makeDataDirectory(path: string): Promise<string> {
  try {
    await makePath(resolve(path));
    await assertOurs(path);
    await access(path, constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    throw dataDirectoryError(error, path);
  }
}

// Not `mkdir` with `recursive`: it answers ENOENT on a read-only file system, which says nothing.
async function makePath(path: string): Promise<void> {
  if (await makeDirectory(path)) return;
  await makePath(dirname(path));
  if (await makeDirectory(path)) return;
  throw new AppError('unavailable', `${path} cannot be created there. Set SLIPWAY_DATA_DIR to another path`, {
    path,
  });
}

/** Makes it, or finds it. False when its parent is missing. */
async function makeDirectory(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    if (systemCode(error) !== 'EEXIST' || !(await leadsToDirectory(path))) throw error;
    return true;
  }
}

async function leadsToDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause;
    const message = `${path} is a symbolic link to a place that does not exist. Is a disk not mounted? Mount it, create the place, or set SLIPWAY_DATA_DIR to another path`;
    throw new AppError('unavailable', message, { path }, { cause });
  }
}

async function assertOurs(path: string): Promise<void> {
  const { uid, mode } = await stat(path);
  const ourUid = process.geteuid?.() ?? uid;
  if (uid !== ourUid) {
    const message = `${path} belongs to uid ${uid}, but Slipway runs as uid ${ourUid}. Run it as that user, hand the directory over (chown -R ${ourUid} ${path}), or set SLIPWAY_DATA_DIR to another directory`;
    throw new AppError('unavailable', message, { path, uid, ourUid });
  }
  if (mode & 0o002) {
    const message = `${path} is writable by every user, who could change what Slipway runs. Close it: chmod o-w ${path}`;
    throw new AppError('unavailable', message, { path, mode: (mode & 0o777).toString(8) });
  }
}
