import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import type { ReadFile } from '../../commit/index.ts';

/** Reads files of a directory. */
export const readTextFile =
  (root: string): ReadFile =>
  async (file) => {
    try {
      return await readFile(join(root, file), 'utf8');
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'EISDIR') return null;
      throw error;
    }
  };
