import { AppError, systemCode } from '../errors.ts';

/**
 * Turns a file-system error met on `path` into one that says what to do. An error that is not about the
 * disk or its permissions comes back as it is.
 */
export function dataDirectoryError(error: unknown, path: string): unknown {
  const explain = explanations[systemCode(error) ?? ''];
  return explain === undefined
    ? error
    : new AppError('unavailable', explain(path), { path }, { cause: error });
}

const elsewhere = 'or set SLIPWAY_DATA_DIR to another directory';

export const diskFull = (path: string) => `the disk of ${path} is full. Free some space there, ${elsewhere}`;
export const readOnly = (path: string) =>
  `${path} is on a read-only file system. Remount it writable, ${elsewhere}`;
export const notPermitted = (path: string) =>
  `${path} is not writable by ${whoAmI()}. Give that user the directory (chown), ${elsewhere}`;

const explanations: Record<string, (path: string) => string> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EROFS: readOnly,
  EACCES: notPermitted,
  EPERM: notPermitted,
  ENOTDIR: (path) =>
    `${path} cannot be a directory: a part of it is a file. Set SLIPWAY_DATA_DIR to another path`,
  EEXIST: (path) => `${path} is a file, not a directory. Set SLIPWAY_DATA_DIR to another path`,
  ENAMETOOLONG: (path) => `the path ${path} is too long. Set SLIPWAY_DATA_DIR to a shorter one`,
};

function whoAmI(): string {
  return `the user that runs Slipway (uid ${process.geteuid?.()})`;
}
