import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { namesIn } from '../missing.ts';
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
  /** Kills what is left in it, also what hides from everything else. */
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

/** Processes and threads at once. Nobody needs more but by mistake: one that starts itself twice over, and so on. */
export const usualProcesses = 8192;

/** The group of what carries a marker. */
export const groupName = (marker: string): string => `slipway-${marker.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`;

/** Becomes the command behind `--` once it is in the groups whose files stand before it; 0 is whoever writes it. */
const enterAndBecome = 'while [ "$1" != -- ]; do echo 0 > "$1" || exit; shift; done; shift; exec "$@"';

/**
 * Makes a group of this name (a plain one) where the machine lets us, for `usualProcesses` unless told. Else the limits
 * that were told hold for each process by itself (prlimit(1)), which no process count of root obeys; undefined if there are none.
 */
export async function openResourceGroup(
  name: string,
  limits: GroupLimits,
): Promise<ResourceGroup | undefined> {
  const { memoryBytes, processes } = limits;
  const group = await openControlGroup(name, limits);
  if (group !== undefined || (memoryBytes === undefined && processes === undefined)) return group;
  const options = [
    ...(memoryBytes === undefined ? [] : [`--data=${memoryBytes}`]),
    ...(processes === undefined ? [] : [`--nproc=${processes}`]),
  ];
  return {
    by: 'prlimit, for each process by itself, since no cgroup could be made',
    enter: ['prlimit', ...options, '--'],
    hits: () => ({ memory: 0, processes: 0 }),
    remove: () => Promise.resolve(),
  };
}

/** A group that the kernel keeps, for `usualProcesses` unless told, or undefined where this machine does not let us make one. */
export async function openControlGroup(
  name: string,
  { memoryBytes, processes = usualProcesses }: GroupLimits,
): Promise<ResourceGroup | undefined> {
  for (const kind of [second, first]) {
    const group = await tryGroup(kind, name, { memoryBytes, processes });
    if (group !== undefined) return group;
  }
  return undefined;
}

/** Says, in words, what does not hold of the limits of jobs on this machine; undefined when all does. Tries it. */
export async function findUnkept(limits: GroupLimits): Promise<string | undefined> {
  const { memoryBytes, processes } = limits;
  const probe = await openControlGroup(groupName(`probe-${process.pid}`), limits);
  await probe?.remove();
  if (probe !== undefined) return undefined;
  const instead =
    memoryBytes === undefined && processes === undefined
      ? 'a job may start as many processes as this machine has'
      : 'the limits of memory and processes hold for each process of a job by itself, and not for all together';
  return `no cgroup can be made here (it takes root, or a writable /sys/fs/cgroup), so ${instead}`;
}

async function tryGroup(
  kind: Kind,
  name: string,
  { memoryBytes, processes }: GroupLimits & { readonly processes: number },
): Promise<ResourceGroup | undefined> {
  const memory = join(kind.directories.memory, name);
  const pids = join(kind.directories.pids, name);
  const directories = [...new Set(memoryBytes === undefined ? [pids] : [memory, pids])];
  const remove = async () => {
    for (const directory of directories) await removeGroup(directory);
  };
  try {
    for (const directory of directories) await mkdir(directory);
    if (memoryBytes !== undefined)
      await writeFile(join(memory, kind.memoryLimit), String(memoryBytes), { flag: 'r+' });
    await writeFile(join(pids, 'pids.max'), String(processes), { flag: 'r+' });
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
  return { by: kind.by, enter: [...shell(), '-c', enterAndBecome, 'sh', ...files, '--'], hits, remove };
}

/** Not dash where there is another: it drops variables that have no name of a shell's, as `INPUT_FETCH-DEPTH` of an action. */
function shell(): readonly string[] {
  // Privileged: it reads no BASH_ENV, and leaves functions in the environment alone.
  return existsSync('/bin/bash') ? ['/bin/bash', '-p'] : ['/bin/sh'];
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
      killMembers(directory);
      await delay(5);
    }
  }
}

/** Removes what is left of the groups of markers that begin like this, when whoever made them was killed. */
export async function removeGroups(marker: string): Promise<void> {
  for (const parent of [root, first.directories.memory, first.directories.pids]) {
    for (const name of await namesIn(parent))
      if (name.startsWith(groupName(marker))) await removeGroup(join(parent, name));
  }
}

/** Lets nobody start a process any more first: those who do nothing else could not be caught up with. */
function killMembers(directory: string): void {
  try {
    writeFileSync(join(directory, 'pids.max'), '0', { flag: 'r+' });
  } catch (error) {
    // A group of memory alone has no such file.
    if (!['ENOENT', 'ENODEV'].includes(systemCode(error) ?? '')) throw error;
  }
  for (const pid of membersOf(directory)) {
    if (pid <= 1 || pid === process.pid) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (systemCode(error) !== 'ESRCH') throw error;
    }
  }
}

function membersOf(directory: string): number[] {
  try {
    return readFileSync(join(directory, 'cgroup.procs'), 'utf8').split('\n').map(Number);
  } catch (error) {
    // Somebody else has removed it meanwhile; the kernel says one or the other.
    if (['ENOENT', 'ENODEV'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
