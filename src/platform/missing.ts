import { readdir, stat } from 'node:fs/promises';
import { systemCode } from './errors.ts';

/** What was asked of a file or directory; undefined when it is not there, or not any more. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether something is there. Throws when that cannot be seen. */
export const exists = async (path: string): Promise<boolean> =>
  (await unlessMissing(stat(path))) !== undefined;

/** The names in a directory; none when it is not there. */
export const namesIn = async (directory: string): Promise<string[]> =>
  (await unlessMissing(readdir(directory))) ?? [];
