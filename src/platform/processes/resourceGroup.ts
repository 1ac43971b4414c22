import { readFileSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { killPatienceMs } from './processTree.ts';

/** What the processes of a group may use together. */
export interface GroupLimits {
  readonly memoryBytes?: number | undefined;
  readonly processes?: number | undefined;
}

/** Limits that processes share who enter the group, and what they start. */
export interface ResourceGroup {
  /** How the limits are kept, in words. */
  readonly by: string;
  /** Stands before a command that enters. */
  readonly enter: readonly string[];
  /** How often each limit was hit until now. */
  hits(): { readonly memory: number; readonly processes: number };
  /** When no process is left in it. */
  remove(): Promise<void>;
}

/** A directory of the kernel's control groups, in one of their two versions. */
interface Kind {
  readonly by: string;
  readonly directories: { readonly memory: string; readonly pids: string };
  readonly memoryLimit: string;
  /** The file and its line that count how often processes were killed for their memory. */
  readonly memoryHits: readonly [file: string, key: string];
}

const root = '/sys/fs/cgroup';
const second: Kind = {
  by: 'cgroup v2',
  directories: { memory: root, pids: root },
  memoryLimit: 'memory.max',
  memoryHits: ['memory.events', 'oom_kill'],
};
const first: Kind = {
  by: 'cgroup v1',
  directories: { memory: join(root, 'memory'), pids: join(root, 'pids') },
  memoryLimit: 'memory.limit_in_bytes',
  memoryHits: ['memory.oom_control', 'oom_kill'],
};

/** Becomes the command behind `--` once it is in the groups whose files stand before it; 0 is whoever writes it. */
const enterAndBecome = 'while [ "$1" != -- ]; do echo 0 > "$1" || exit; shift; done; shift; exec "$@"';

/**
 * Makes a group of this name (a plain one) where the machine lets us; else the limits hold for each process by
 * itself (prlimit(1)), which no process count of root obeys.
 */
export async function openResourceGroup(name: string, limits: GroupLimits): Promise<ResourceGroup> {
  for (const kind of [second, first]) {
    const group = await tryGroup(kind, name, limits);
    if (group !== undefined) return group;
  }
  const options = [
    ...(limits.memoryBytes === undefined ? [] : [`--data=${limits.memoryBytes}`]),
    ...(limits.processes === undefined ? [] : [`--nproc=${limits.processes}`]),
  ];
  return {
    by: 'prlimit, for each process by itself, since no cgroup could be made',
    enter: ['prlimit', ...options, '--'],
    hits: () => ({ memory: 0, processes: 0 }),
    remove: () => Promise.resolve(),
  };
}

async function tryGroup(kind: Kind, name: string, limits: GroupLimits): Promise<ResourceGroup | undefined> {
  const memory = join(kind.directories.memory, name);
  const pids = join(kind.directories.pids, name);
  const directories = [...new Set([memory, pids])];
  const remove = async () => {
    for (const directory of directories) await removeGroup(directory);
  };
  try {
    for (const directory of directories) await mkdir(directory);
    if (limits.memoryBytes !== undefined)
      await writeFile(join(memory, kind.memoryLimit), String(limits.memoryBytes), { flag: 'r+' });
    if (limits.processes !== undefined)
      await writeFile(join(pids, 'pids.max'), String(limits.processes), { flag: 'r+' });
  } catch {
    // Whatever is in the way (read-only, not delegated, another version): this kind cannot be used here.
    await remove();
    return undefined;
  }
  const files = directories.map((directory) => join(directory, 'cgroup.procs'));
  const hits = () => ({
    memory: counter(join(memory, kind.memoryHits[0]), kind.memoryHits[1]),
    processes: counter(join(pids, 'pids.events'), 'max'),
  });
  return { by: kind.by, enter: ['/bin/sh', '-c', enterAndBecome, 'sh', ...files, '--'], hits, remove };
}

function counter(file: string, key: string): number {
  try {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find((text) => text.startsWith(`${key} `));
    return Number(line?.slice(key.length + 1) ?? 0);
  } catch (error) {
    // Kernels differ in which files they have.
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** The kernel needs a moment after the last process is gone. */
async function removeGroup(directory: string): Promise<void> {
  const deadline = performance.now() + killPatienceMs;
  for (;;) {
    try {
      await rmdir(directory);
      return;
    } catch (error) {
      if (systemCode(error) !== 'EBUSY' || performance.now() > deadline) return;
      await delay(5);
    }
  }
}
