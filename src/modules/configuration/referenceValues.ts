import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../../platform/errors.ts';
import { referencesInAside } from './parseAside.ts';
import { readUpTo } from './readUpTo.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A secret is short; a file that never ends (`/dev/zero`) is none. */
const largestSecretBytes = 64 * 1024;

/**
 * What the references in `admin` and `teams` of a file stand for: variables of `environment`, and files of this
 * machine without their last line break. What stands for nothing is left out: parsing the file says so in its place.
 */
export async function referenceValues(
  source: string | Uint8Array,
  environment: Environment,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const reference of await referencesInAside(source)) {
    const value = await lookUpName(reference.slice(2, -1), environment);
    if (value !== undefined) values[reference] = value;
  }
  return values;
}

async function lookUpName(name: string, environment: Environment): Promise<string | undefined> {
  return name.startsWith('file:') ? fileValue(name.slice('file:'.length)) : environment[name];
}

async function fileValue(path: string): Promise<string | undefined> {
  const file = await openOrNothing(path);
  try {
    const bytes = file && (await readUpTo(file, largestSecretBytes + 1));
    if (bytes === undefined || bytes.length > largestSecretBytes) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch (error) {
    // No text, or no file that can be read: parsing says where it is referred to.
    if (error instanceof TypeError || systemCode(error) !== undefined) return undefined;
    throw error;
  } finally {
    await file?.close();
  }
}

/** Without waiting for somebody to write into a named pipe. */
async function openOrNothing(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}
