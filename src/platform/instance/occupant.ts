import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, systemCode } from '../errors.ts';
import { processIdentity } from '../processes/identity.ts';
import { dataDirectoryError } from './dataDirectoryError.ts';

const occupantSchema = z.object({
  identity: z.object({ pid: z.number(), startTicks: z.number(), bootId: z.string() }),
  host: z.string(),
  since: z.string(),
  url: z.string().optional(),
});

/** Who uses a data directory. Only for people: what excludes a second one is the claim's socket. */
export type Occupant = z.infer<typeof occupantSchema>;

const fileIn = (directory: string) => join(directory, 'slipway.pid.json');

/** Who last claimed the directory, alive or not; undefined when nobody, or the file is not to be understood. */
export async function readOccupant(directory: string): Promise<Occupant | undefined> {
  try {
    return occupantSchema.safeParse(JSON.parse(await readFile(fileIn(directory), 'utf8'))).data;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw dataDirectoryError(error, directory);
  }
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
