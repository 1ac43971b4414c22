import { readFileSync } from 'node:fs';
import { systemCode } from '../errors.ts';

/**
 * A process, told apart from a later one that got the same pid: when it started, in clock ticks since the
 * boot, and which boot that was.
 */
export interface ProcessIdentity {
  pid: number;
  startTicks: number;
  bootId: string;
}

/** What `/proc/<pid>/stat` says about a process. `state` is one letter; `Z` and `X` are dead. */
export interface ProcessStat {
  comm: string;
  state: string;
  parentPid: number;
  startTicks: number;
}

/** Identity of the living process `pid`, or undefined when there is none (a zombie is none). */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  const stat = readProcessStat(pid);
  if (stat === undefined || isDead(stat)) return undefined;
  return { pid, startTicks: stat.startTicks, bootId: bootId() };
}

/** Whether exactly this process still runs: not a zombie, not another with its pid, not before a reboot. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = processIdentity(identity.pid);
  return now !== undefined && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/** Reads `/proc/<pid>/stat`; undefined when there is no such process. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  const text = readOrUndefined(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcessStat(text);
}

/** Parses the text of a stat file (proc_pid_stat(5)). The name in it may hold spaces and parentheses. */
export function parseProcessStat(text: string): ProcessStat {
  const nameEnd = text.lastIndexOf(')');
  const comm = text.slice(text.indexOf('(') + 1, nameEnd);
  const fields = text.slice(nameEnd + 2).split(' '); // fields[0] is field 3 of the manual
  return { comm, state: fields[0] ?? 'X', parentPid: Number(fields[1]), startTicks: Number(fields[19]) };
}

function isDead(stat: ProcessStat): boolean {
  return stat.state === 'Z' || stat.state === 'X';
}

let knownBootId: string | undefined;

function bootId(): string {
  knownBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return knownBootId;
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // ESRCH: it ended between open and read.
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH') return undefined;
    throw error;
  }
}
