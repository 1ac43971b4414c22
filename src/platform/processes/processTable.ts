import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { markerVariable } from './step.ts';

/** A process as `/proc/<pid>/stat` tells it. */
export interface ProcessEntry {
  pid: number;
  group: number;
  session: number;
  /** When it started, in clock ticks since the boot. */
  startTicks: number;
}

/** All living processes that may be seen; zombies are dead. Takes about 20 µs a process. */
export function listProcesses(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processEntry(Number(name)) ?? []);
}

/** One living process, or undefined. */
export function processEntry(pid: number): ProcessEntry | undefined {
  const text = unlessGone(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (text === undefined) return undefined;
  // The name stands in parentheses and may hold any character; what follows it is numbers (proc_pid_stat(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, group: Number(fields[2]), session: Number(fields[3]), startTicks: Number(fields[19]) };
}

/**
 * The marker that a process was started with, undefined if it has none or belongs to somebody else. Read without
 * blocking: the environment lies in the memory of the process, and one that is stuck keeps its readers waiting.
 */
export async function markerOf(pid: number): Promise<string | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    const prefix = `${markerVariable}=`;
    return environment
      .split('\0')
      .find((entry) => entry.startsWith(prefix))
      ?.slice(prefix.length);
  } catch (error) {
    if (isGone(error) || systemCode(error) === 'EACCES' || systemCode(error) === 'EPERM') return undefined;
    throw error;
  }
}

/**
 * Signals the whole process groups of these processes, so that one which is being started meanwhile is reached
 * too. Our own group, and one that cannot be seen from here, are never signalled as a whole.
 */
export function signalGroups(members: readonly ProcessEntry[], signal: NodeJS.Signals): void {
  const ownGroup = processEntry(process.pid)?.group;
  const isWhole = (group: number) => group > 1 && group !== ownGroup;
  const targets = members.map(({ pid, group }) => (isWhole(group) ? -group : pid));
  for (const target of new Set(targets)) sendSignal(target, signal);
}

/** A process that is gone, or not ours to signal, is passed over. */
function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH' && systemCode(error) !== 'EPERM') throw error;
  }
}

function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** ENOENT before the open, ESRCH between open and read. */
function isGone(error: unknown): boolean {
  return systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH';
}
