import { readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, systemCode } from '../errors.ts';
import { isAlive, type ProcessIdentity, processIdentity } from './identity.ts';

/**
 * A runner's process, told apart from all others on all machines. Names of hosts may be equal; the boot and
 * the namespace of process ids are not.
 */
export interface RunnerIdentity extends ProcessIdentity {
  readonly pidNamespace: string;
}

/** Identity of this very process. */
export function ownIdentity(): RunnerIdentity {
  const identity = processIdentity(process.pid);
  if (identity === undefined) throw new AppError('internal', '/proc does not show this process; mount /proc');
  return { ...identity, pidNamespace: readlinkSync('/proc/self/ns/pid') };
}

/** Whether that process can be seen from here, dead or alive. Of others, only their lease tells. */
export function isWithinSight(identity: RunnerIdentity): boolean {
  const own = ownIdentity();
  return identity.bootId === own.bootId && identity.pidNamespace === own.pidNamespace;
}

export const isGone = (identity: RunnerIdentity): boolean => isWithinSight(identity) && !isAlive(identity);

const killPatienceMs = 5000;

/** Kills a process of this machine and waits until it is gone; never this one. Answers whether it is. */
export async function killProcess(identity: RunnerIdentity): Promise<boolean> {
  if (identity.pid === process.pid) return false;
  const deadline = performance.now() + killPatienceMs;
  while (isAlive(identity)) {
    if (performance.now() > deadline) return false;
    sendKill(identity.pid);
    await delay(5);
  }
  return true;
}

function sendKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it was faster. EPERM: another user's; then its lease must do.
    if (systemCode(error) !== 'ESRCH' && systemCode(error) !== 'EPERM') throw error;
  }
}
