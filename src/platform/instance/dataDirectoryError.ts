import { AppError, systemCode } from '../errors.ts';

/**
 * Turns a file-system error met in the data directory `path` into one that says what to do. An error about
 * another path, or not about the disk or its permissions, comes back as it is.
 */
export function dataDirectoryError(error: unknown, path: string): unknown {
  const explain = explanations[systemCode(error) ?? ''];
  if (explain === undefined || !concerns(error, path)) return error;
  return new AppError('unavailable', explain(path), { path }, { cause: error });
}

function concerns(error: unknown, path: string): boolean {
  const { path: where, dest } = error as NodeJS.ErrnoException & { dest?: string };
  return where === undefined || (dest ?? where).startsWith(path) || path.startsWith(where);
}

const elsewhere = 'or set SLIPWAY_DATA_DIR to another directory';

export const diskFull = (path: string) => `the disk of ${path} is full. Free some space there, ${elsewhere}`;
export const readOnly = (path: string) =>
  `${path} is on a read-only file system. Remount it writable, ${elsewhere}`;
export const notPermitted = (path: string) =>
  `${path} is not writable by the user that runs Slipway (uid ${process.geteuid?.()}). Give that user the directory (chown), ${elsewhere}`;
const notADirectory = (path: string) =>
  `${path} cannot be a directory: it, or a part of its path, is a file. Set SLIPWAY_DATA_DIR to another path`;

const explanations: Record<string, (path: string) => string> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EROFS: readOnly,
  EACCES: notPermitted,
  EPERM: notPermitted,
  ENOTDIR: notADirectory,
  EEXIST: notADirectory,
  ENAMETOOLONG: (path) => `the path ${path} is too long. Set SLIPWAY_DATA_DIR to a shorter one`,
};
