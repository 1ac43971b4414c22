import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { AppError, systemCode } from '../../platform/errors.ts';
import { configurationText } from './configurationText.ts';
import { maxFileBytes } from './readDocument.ts';
import { readUpTo } from './readUpTo.ts';

/**
 * The text of a configuration file as it was at one moment. Refuses with a clear message what is too large (before
 * reading it), no file, not readable or not UTF-8, and what changes or vanishes while it is read.
 */
export async function readConfigurationFile(path: string): Promise<string> {
  const file = await openFile(path);
  try {
    const before = await file.stat();
    assertReadable(path, before);
    const bytes = await readUpTo(file, before.size + 1);
    if (bytes.length !== before.size || !sameVersion(before, await file.stat())) throw changed(path);
    await assertInPlace(path, before);
    return configurationText(bytes, path);
  } finally {
    await file.close();
  }
}

/** Without waiting: a named pipe would wait for somebody to write into it. */
async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw openProblem(path, cause);
  }
}

function openProblem(path: string, cause: unknown): AppError {
  const code = systemCode(cause);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not_found', `there is no file ${path}`, { path }, { cause });
    case 'EACCES':
    case 'EPERM':
      return new AppError('forbidden', `the file ${path} may not be read by this user`, { path }, { cause });
    default:
      return new AppError('invalid_input', `the file ${path} cannot be read (${code})`, { path }, { cause });
  }
}

function assertReadable(path: string, found: Stats): void {
  if (found.isDirectory()) {
    throw new AppError('invalid_input', `${path} is a directory; name the file in it`, { path });
  }
  if (!found.isFile()) {
    throw new AppError('invalid_input', `${path} is no regular file; name one, or copy it into one`, {
      path,
    });
  }
  if (found.size > maxFileBytes) {
    throw new AppError(
      'payload_too_large',
      `the file ${path} has ${found.size} bytes; at most ${maxFileBytes} are read`,
      { path },
    );
  }
}

/** A writer that keeps the size changes the time. */
const sameVersion = (before: Stats, after: Stats): boolean =>
  before.size === after.size && before.mtimeMs === after.mtimeMs && before.ctimeMs === after.ctimeMs;

/** What was renamed over it in the meantime is what should have been read. */
async function assertInPlace(path: string, read: Stats): Promise<void> {
  let now: Stats;
  try {
    now = await stat(path);
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw openProblem(path, cause);
    throw new AppError('conflict', `the file ${path} vanished while it was read`, { path }, { cause });
  }
  if (now.ino !== read.ino || now.dev !== read.dev) throw changed(path);
}

const changed = (path: string): AppError =>
  new AppError('conflict', `the file ${path} changed while it was read; try again when it is complete`, {
    path,
  });
