import { constants } from 'node:fs';
import { access, mkdir, realpath, stat } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { dataDirectoryError } from './dataDirectoryError.ts';

/**
 * Makes sure that the data directory exists, is ours and can be written; created with mode 0700. Answers its
 * real path. Throws `unavailable` with what to do.
 */
export async function makeDataDirectory(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await assertOurs(path);
    await access(path, constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    throw dataDirectoryError(error, path);
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
