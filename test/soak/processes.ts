import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readProcessStat } from '../../src/platform/processes/identity.ts';

/** A living process as the soak sees it from outside. */
export interface Seen {
  readonly pid: number;
  readonly parentPid: number;
  readonly command: string;
  readonly directory: string;
  readonly environment: string;
}

/** All living processes for which `wanted` answers true; zombies are dead. */
export function findProcesses(wanted: (seen: Seen) => boolean): Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => look(Number(name)) ?? [])
    .filter((seen) => seen.pid !== process.pid && wanted(seen));
}

/** The processes of the PostgreSQL that serves this directory. */
export const postgresOf = (cluster: string): Seen[] => findProcesses((seen) => seen.directory === cluster);

function look(pid: number): Seen | undefined {
  try {
    const stat = readProcessStat(pid);
    if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined;
    return {
      pid,
      parentPid: stat.parentPid,
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim(),
      directory: readlinkSync(`/proc/${pid}/cwd`),
      environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
    };
  } catch {
    // It has ended meanwhile, or it is a thread of the kernel.
    return undefined;
  }
}

/** Kills what is still there. */
export function killAll(pids: readonly number[], signal: NodeJS.Signals = 'SIGKILL'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It was faster.
    }
  }
}
