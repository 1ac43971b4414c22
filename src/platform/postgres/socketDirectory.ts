import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Launcher } from './launcher.ts';

// sockaddr_un holds 108 bytes, and the server appends `.s.PGSQL.5432` and for its lock file `.lock`.
const longestDirectory = 80;
const prefix = 'slipway-pg-';

/**
 * Where the server's unix socket goes: into the cluster itself, which only the server's user can enter; or,
 * when that path is too long for a socket, into a new directory of mode 0700 under the temporary directory.
 */
export async function makeSocketDirectory(cluster: string, launcher: Launcher): Promise<string> {
  if (fits(cluster)) return cluster;
  const parent = fits(join(tmpdir(), `${prefix}XXXXXX`)) ? tmpdir() : '/tmp';
  const directory = await mkdtemp(join(parent, prefix));
  if (process.geteuid?.() === 0) await chown(directory, launcher.uid, launcher.gid);
  return directory;
}

const fits = (directory: string) => Buffer.byteLength(directory) <= longestDirectory;

/** Removes a directory that `makeSocketDirectory` made outside of the cluster. */
export async function removeSocketDirectory(directory: string | undefined): Promise<void> {
  if (directory === undefined || !basename(directory).startsWith(prefix)) return;
  if (![tmpdir(), '/tmp'].includes(dirname(directory))) return;
  await rm(directory, { recursive: true, force: true });
}
