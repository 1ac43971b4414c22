import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from '../processes/identity.ts';
import { underClusterLock } from './clusterLock.ts';
import { connectionTo, urlOf, waitUntilReady } from './connect.ts';
import type { EmbeddedPostgres } from './embeddedPostgres.ts';
import { explainFailure } from './explainFailure.ts';
import type { Launcher } from './launcher.ts';
import { findRunning, hasLivingOwner, readPostmaster, stopServer } from './postmaster.ts';
import { startProgram } from './runProgram.ts';
import { removeSocketDirectory } from './socketDirectory.ts';

/**
 * Deals with the server that an earlier start left in the cluster. One that belongs to a living process is
 * adopted and answered. Otherwise the cluster is free afterwards: a server whose Slipway was killed is shut
 * down, and what it left is removed.
 *
 * Such an orphan is not taken over, for the kernel has told it to shut down, or is about to.
 */
export async function settleFormerServer(
  cluster: string,
  launcher: Launcher,
  lockTimeoutSeconds: number,
): Promise<EmbeddedPostgres | undefined> {
  const found = readPostmaster(cluster);
  if (found === undefined) return undefined;
  const server = findRunning(cluster, found.pid);
  if (server && found.socketDirectory && hasLivingOwner(server)) {
    const adopted = await adopt(server, found.socketDirectory);
    if (adopted) return adopted;
  } else if (server) {
    await stopServer(server);
  }
  await removeLeftovers(cluster, launcher, lockTimeoutSeconds);
  await removeSocketDirectory(found.socketDirectory);
  return undefined;
}

/** Answers undefined when the server, which may have been shutting down, is gone. */
async function adopt(
  server: ProcessIdentity,
  socketDirectory: string,
): Promise<EmbeddedPostgres | undefined> {
  const connection = connectionTo(socketDirectory);
  const version = await waitUntilReady(connection, () => !isAlive(server));
  if (version === undefined) return undefined;
  let released = false;
  const exited = async () => {
    while (!released && isAlive(server)) await delay(200, undefined, { ref: false });
    return {
      requested: released,
      message: released ? 'released' : `PostgreSQL (pid ${server.pid}) has ended`,
    };
  };
  const stop = async () => {
    released = true;
  };
  return { connection, url: urlOf(socketDirectory), version, adopted: true, stop, exited: exited() };
}

/**
 * Removes what a new server could take for a living one's, should another process have got the old pid: the
 * pid file, and the socket with its lock. Under the cluster's lock: the files of a server in another
 * container, whose processes cannot be seen here, must stay.
 */
async function removeLeftovers(cluster: string, launcher: Launcher, timeoutSeconds: number): Promise<void> {
  const names = (await readdir(cluster)).filter(
    (name) => name === 'postmaster.pid' || name.startsWith('.s.PGSQL.'),
  );
  if (names.length === 0) return;
  const remove = ['rm', '-f', '--', ...names.map((name) => join(cluster, name))];
  const command = launcher.command(...underClusterLock(cluster, remove, timeoutSeconds), 'KILL');
  const end = await startProgram(command).ended;
  if (end.code !== 0) throw explainFailure('PostgreSQL could not start', cluster, end);
}
