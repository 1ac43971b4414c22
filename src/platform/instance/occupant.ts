import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import { type ProcessIdentity, processIdentity } from '../processes/identity.ts';
import { dataDirectoryError } from './dataDirectoryError.ts';

/** Who uses a data directory. Only for people: what excludes a second one is the claim's socket. */
export interface Occupant {
  readonly identity: ProcessIdentity;
  readonly host: string;
  readonly since: string;
  readonly url?: string;
}

const fileIn = (directory: string) => join(directory, 'slipway.pid.json');

/** Who last claimed the directory, alive or not; undefined when nobody, or the file is not to be understood. */
export async function readOccupant(directory: string): Promise<Occupant | undefined> {
  try {
    const found: unknown = JSON.parse(await readFile(fileIn(directory), 'utf8'));
    return isOccupant(found) ? found : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw dataDirectoryError(error, directory);
  }
}

/** By hand: the command line asks with every command, and loading schemas takes longer than most of them run. */
function isOccupant(value: unknown): value is Occupant {
  if (typeof value !== 'object' || value === null) return false;
  const { identity, host, since, url } = value as Partial<Record<keyof Occupant, unknown>>;
  const texts = [host, since, ...(url === undefined ? [] : [url])];
  return texts.every((text) => typeof text === 'string') && isIdentity(identity);
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, startTicks, bootId } = value as Partial<Record<keyof ProcessIdentity, unknown>>;
  return typeof pid === 'number' && typeof startTicks === 'number' && typeof bootId === 'string';
}

/** Writes this process as the occupant, in one step: a reader sees the old file or the new one. */
export async function writeOccupant(directory: string, since: Date, url?: string): Promise<void> {
  const identity = processIdentity(process.pid);
  if (identity === undefined) throw new AppError('internal', '/proc does not show this process. Mount /proc');
  const occupant: Occupant = { identity, host: hostname(), since: since.toISOString(), ...(url && { url }) };
  const unfinished = `${fileIn(directory)}.${process.pid}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(occupant, undefined, 2)}\n`, { mode: 0o600 });
    await rename(unfinished, fileIn(directory));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw dataDirectoryError(error, directory);
  }
}

/** Removes the file of `writeOccupant`. */
export async function removeOccupant(directory: string): Promise<void> {
  await rm(fileIn(directory), { force: true });
}
