import { relative, sep } from 'node:path';

/** Whether `path` is `directory` or lies below it. Both absolute, with links resolved. */
export function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}
