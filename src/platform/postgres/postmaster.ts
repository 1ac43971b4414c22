import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, systemCode } from '../errors.ts';
import { isAlive, type ProcessIdentity, processIdentity, readProcessStat } from '../processes/identity.ts';

/** The server process of a cluster, as its `postmaster.pid` tells. */
export interface Postmaster {
  pid: number;
  socketDirectory: string | undefined;
}

/** The setting that marks a server as started by the process with this pid. */
export const ownerSetting = (pid: number) => `slipway.owner=${pid}`;

/** What `postmaster.pid` says, or undefined when there is none. Its process may be long dead. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), socketDirectory: lines[4] || undefined };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The living server process of this cluster: not a zombie, not another process that got its pid. */
export function findRunning(cluster: string, pid: number): ProcessIdentity | undefined {
  const identity = processIdentity(pid);
  if (identity === undefined || readProcessStat(pid)?.comm !== 'postgres') return undefined;
  return worksIn(pid, cluster) ? identity : undefined;
}

// A postmaster changes into its data directory, so this tells ours from any other.
function worksIn(pid: number, cluster: string): boolean {
  try {
    const [theirs, ours] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
    return theirs.dev === ours.dev && theirs.ino === ours.ino;
  } catch (error) {
    // EACCES: another user's process. ENOENT and ESRCH: it has just ended.
    if (['EACCES', 'EPERM', 'ENOENT', 'ESRCH'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

/** Whether the Slipway that started this server is still its parent, so alive. */
export function hasLivingOwner({ pid }: ProcessIdentity): boolean {
  const parentPid = readProcessStat(pid)?.parentPid;
  return parentPid !== undefined && readCommandLine(pid).includes(ownerSetting(parentPid));
}

function readCommandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH') return [];
    throw error;
  }
}

/**
 * Shuts a server down: clients are disconnected, then, should that not do, it ends without a checkpoint. It may not
 * do: PostgreSQL 18 that is told to shut down while it recovers from the crash of a backend waits for ever.
 */
export async function stopServer(server: ProcessIdentity, fastTimeoutMs = 10_000): Promise<void> {
  sendSignal(server, 'SIGINT');
  if (await ends(server, fastTimeoutMs)) return;
  sendSignal(server, 'SIGQUIT');
  if (await ends(server, 15_000)) return;
  throw new AppError(
    'unavailable',
    `PostgreSQL (pid ${server.pid}) does not stop. End it: kill -9 ${server.pid}`,
  );
}

function sendSignal(server: ProcessIdentity, signal: NodeJS.Signals): void {
  try {
    if (isAlive(server)) process.kill(server.pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

async function ends(server: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(server)) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}
