import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { listProcesses, markerOf, type ProcessEntry, signalGroups } from './processTable.ts';
import { killPatienceMs } from './processTree.ts';

/** A process that carries a step's marker. */
export interface MarkedProcess {
  pid: number;
  marker: string;
  /** Its command line, empty if it could not be read. */
  command: string;
}

/** What a sweep did. `unkilled` withstood KILL for seconds: stuck in the kernel. */
export interface Sweep {
  killed: MarkedProcess[];
  unkilled: MarkedProcess[];
}

/**
 * Kills what is left of the steps whose marker begins with `markerPrefix`: the sweep of a runner that finds
 * another one dead. `setsid` and double forks do not hide a process, since its environment goes with it; one that
 * changed or overwrote its environment, or runs as another user, is not found.
 */
export async function killMarked(markerPrefix: string): Promise<Sweep> {
  if (markerPrefix === '') throw new AppError('internal', 'a sweep needs the marker prefix of a runner');
  const seen = new Map<number, MarkedProcess>();
  const deadline = performance.now() + killPatienceMs;
  for (;;) {
    const entries = await findMarked((marker) => marker.startsWith(markerPrefix));
    if (entries.length === 0 || performance.now() > deadline) return sweepOf(seen, entries);
    for (const entry of entries) if (!seen.has(entry.pid)) seen.set(entry.pid, await describe(entry));
    signalGroups(entries, 'SIGKILL');
    await delay(1);
  }
}

/** A living process and its marker. */
export interface MarkedEntry extends ProcessEntry {
  marker: string;
}

/** The processes whose marker is wanted; never this one. */
export async function findMarked(wanted: (marker: string) => boolean): Promise<MarkedEntry[]> {
  const entries = listProcesses().filter((entry) => entry.pid !== process.pid);
  const markers = await Promise.all(entries.map((entry) => markerOf(entry.pid)));
  return entries.flatMap((entry, i) => {
    const marker = markers[i];
    return marker !== undefined && wanted(marker) ? [{ ...entry, marker }] : [];
  });
}

async function describe({ pid, marker }: MarkedEntry): Promise<MarkedProcess> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return { pid, marker, command: line.split('\0').join(' ').trim() };
}

function sweepOf(seen: Map<number, MarkedProcess>, survivors: MarkedEntry[]): Sweep {
  const surviving = new Set(survivors.map((entry) => entry.pid));
  const all = [...seen.values()];
  return {
    killed: all.filter(({ pid }) => !surviving.has(pid)),
    unkilled: all.filter(({ pid }) => surviving.has(pid)),
  };
}
