import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError, systemCode } from '../errors.ts';

/** A command of the user's that brings the database further than the dump. */
export interface Upgrade {
  /** For `/bin/sh -c`. */
  readonly command: string;
  /** What it finds as DATABASE_URL in its environment. */
  readonly databaseUrl: string;
  /** Where its standard output goes. */
  readonly output: 'stdout' | 'stderr';
}

/** How it ended: either by itself, with a code, or by a signal. */
export interface UpgradeResult {
  readonly code: number | null;
  readonly signal: string | null;
}

const forwarded = ['SIGTERM', 'SIGHUP'] as const;

/**
 * Runs it. It is a process group of its own, which gets the signals that this process gets, and SIGINT when `stop`
 * aborts. The kernel kills it when this process is killed, since nobody would hold the lock any longer.
 */
export async function runUpgrade(upgrade: Upgrade, stop?: AbortSignal): Promise<UpgradeResult> {
  stop?.throwIfAborted();
  const child = await start(upgrade);
  const send = (signal: NodeJS.Signals) => signalGroup(child, signal);
  const interrupt = () => send('SIGINT');
  for (const signal of forwarded) process.on(signal, send);
  stop?.addEventListener('abort', interrupt, { once: true });
  try {
    const [code, signal] = await once(child, 'exit');
    return { code, signal };
  } finally {
    for (const signal of forwarded) process.off(signal, send);
    stop?.removeEventListener('abort', interrupt);
  }
}

/** In words, such as `exit code 3`; undefined when it succeeded. */
export function describeFailure({ code, signal }: UpgradeResult): string | undefined {
  if (code === 0) return undefined;
  return signal === null ? `exit code ${code}` : `it was killed by ${signal}`;
}

async function start(upgrade: Upgrade): Promise<ChildProcess> {
  const shell = ['/bin/sh', '-c', upgrade.command];
  try {
    return await spawned(['setpriv', '--pdeathsig', 'KILL', '--', ...shell], upgrade);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  return spawned(shell, upgrade).catch((error: Error) => {
    throw new AppError(
      'internal',
      `the upgrade command cannot be started: ${error.message}`,
      {},
      { cause: error },
    );
  });
}

async function spawned([file = '', ...args]: readonly string[], upgrade: Upgrade): Promise<ChildProcess> {
  const child = spawn(file, args, {
    // By the environment: others on this machine can read arguments.
    env: { ...process.env, DATABASE_URL: upgrade.databaseUrl },
    stdio: ['ignore', upgrade.output === 'stdout' ? 'inherit' : 2, 'inherit'],
    detached: true,
  });
  await once(child, 'spawn');
  return child;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}
