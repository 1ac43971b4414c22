import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import type { PostgresBinaries } from './binaries.ts';
import { explainFailure } from './explainFailure.ts';
import type { Launcher } from './launcher.ts';
import { startProgram } from './runProgram.ts';

/** Superuser and database of the embedded server. */
export const databaseUser = 'slipway';

const unfinishedPrefix = 'postgres.unfinished-';

/**
 * Makes sure that `cluster` holds a database cluster that these binaries can serve: creates it when there is
 * none. Created elsewhere, synced and renamed, so that a crash leaves either no cluster or a whole one.
 */
export async function ensureCluster(
  cluster: string,
  binaries: PostgresBinaries,
  launcher: Launcher,
): Promise<void> {
  await removeUnfinished(dirname(cluster));
  if (await hasCluster(cluster, binaries, launcher)) return;
  const unfinished = await mkdtemp(join(dirname(cluster), unfinishedPrefix));
  try {
    if (process.geteuid?.() === 0) await chown(unfinished, launcher.uid, launcher.gid);
    await runInitdb(unfinished, binaries, launcher);
    await rename(unfinished, cluster);
    await syncDirectory(dirname(cluster));
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function removeUnfinished(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(unfinishedPrefix));
  await Promise.all(
    names.map((name) => rm(join(parent, name), { recursive: true, force: true, maxRetries: 5 })),
  );
}

async function hasCluster(cluster: string, binaries: PostgresBinaries, launcher: Launcher): Promise<boolean> {
  const owner = await ownerOf(cluster);
  if (owner === undefined) return false;
  if (owner !== launcher.uid) throw ownedByAnother(cluster, owner, launcher);
  const version = await readVersion(cluster);
  if (version !== String(binaries.major)) throw otherVersion(cluster, version, binaries);
  return true;
}

async function ownerOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).uid;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readVersion(cluster: string): Promise<string> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const message = `${cluster} is not a PostgreSQL data directory (it has no PG_VERSION). Move it away, or set SLIPWAY_DATA_DIR to another directory`;
    throw new AppError('unavailable', message, { cluster }, { cause: error });
  }
}

function ownedByAnother(cluster: string, owner: number, { uid, gid }: Launcher): AppError {
  const message = `${cluster} belongs to uid ${owner}, but this Slipway runs PostgreSQL as uid ${uid}. Start Slipway as the user that it was started as before, or hand the directory over: chown -R ${uid}:${gid} ${cluster}`;
  return new AppError('unavailable', message, { cluster, owner, uid });
}

function otherVersion(cluster: string, version: string, binaries: PostgresBinaries): AppError {
  const message = `${cluster} was written by PostgreSQL ${version}, but this Slipway brings PostgreSQL ${binaries.major}, which cannot read it. Start the Slipway that wrote it, and move the data with pg_dump and pg_restore; or set SLIPWAY_DATA_DIR to another directory`;
  return new AppError('unavailable', message, { cluster, version, brings: binaries.version });
}

async function runInitdb(directory: string, binaries: PostgresBinaries, launcher: Launcher): Promise<void> {
  const args = [
    ...['--pgdata', directory, '--username', databaseUser],
    // Only the server's own user and root can reach the socket; there is no TCP.
    ...['--auth', 'trust'],
    ...['--encoding', 'UTF8', '--no-locale', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ];
  const end = await startProgram(launcher.command(binaries.initdb, args, 'KILL')).ended;
  if (end.code !== 0)
    throw explainFailure('PostgreSQL could not create its database', dirname(directory), end);
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const clusterIn = (dataDir: string) => join(dataDir, 'postgres');
