import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { Launcher } from './launcher.ts';

// sockaddr_un holds 108 bytes, and the server appends `/.s.PGSQL.5432` and for its lock file `.lock`.
const longestDirectory = 85;
const prefix = 'slipway-pg-';

/**
 * Where the server's unix socket goes: into the cluster itself, which only the server's user can enter; or,
 * when that path is too long for a socket, into a directory of mode 0700 under the temporary directory. The
 * same at every start, so that connection pools outlive a restart of the server.
 */
export async function makeSocketDirectory(cluster: string, launcher: Launcher): Promise<string> {
  if (fits(cluster)) return cluster;
  const name = prefix + (await shortNameOf(cluster));
  const directory = join(fits(join(tmpdir(), name)) ? tmpdir() : '/tmp', name);
  if (await claim(directory, launcher)) return directory;
  const fresh = await mkdtemp(`${directory}-`);
  await giveTo(launcher, fresh);
  return fresh;
}

const fits = (directory: string) => Buffer.byteLength(directory) <= longestDirectory;

async function shortNameOf(cluster: string): Promise<string> {
  const { dev, ino } = await stat(cluster);
  return createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16);
}

/** Makes the directory, or takes it when it is there from before. False when it is somebody else's. */
async function claim(directory: string, launcher: Launcher): Promise<boolean> {
  try {
    await mkdir(directory, { mode: 0o700 });
    await giveTo(launcher, directory);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const { uid, mode } = await lstat(directory);
  return uid === launcher.uid && (mode & 0o170777) === 0o040700;
}

async function giveTo({ uid, gid }: Launcher, directory: string): Promise<void> {
  if (process.geteuid?.() === 0) await chown(directory, uid, gid);
}

/** Removes a directory that `makeSocketDirectory` made outside of the cluster. */
export async function removeSocketDirectory(directory: string | undefined): Promise<void> {
  if (directory === undefined || !basename(directory).startsWith(prefix)) return;
  if (![tmpdir(), '/tmp'].includes(dirname(directory))) return;
  await rm(directory, { recursive: true, force: true });
}
