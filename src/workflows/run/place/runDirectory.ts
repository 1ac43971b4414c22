import { readdirSync, readlinkSync, rmdirSync, unlinkSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, systemCode } from '../../../platform/errors.ts';
import { namesIn } from '../../../platform/missing.ts';
import { type ProcessIdentity, processIdentity } from '../../../platform/processes/identity.ts';
import { killMarked, removeGroups } from '../../../platform/processes/index.ts';
import { userCache } from '../../../platform/userCache.ts';

/** Where a run keeps all that it makes. Its name says whose it is, so that nothing of it can be taken for another's. */
export interface RunDirectory {
  readonly path: string;
  /** What its processes are marked with, followed by a job's own. */
  readonly marker: string;
  remove(): Promise<void>;
}

/** Where runs of this user lie: in its cache, which is mostly on the disk that checkouts are on too. */
export function runsRoot(env: Readonly<Record<string, string | undefined>>): string {
  return join(userCache(env), 'runs');
}

/** Makes the directory of a run of this process. */
export async function makeRunDirectory(root: string): Promise<RunDirectory> {
  await mkdir(root, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new AppError(
      'unavailable',
      `no place for the run can be made: ${root}: ${error instanceof Error ? error.message : error}; XDG_CACHE_HOME says where`,
      {},
      { cause: error },
    );
  });
  const owner = nameOfThisProcess();
  for (let number = 1; ; number += 1) {
    const name = `${owner}-${number}`;
    const path = join(root, name);
    try {
      await mkdir(path, { mode: 0o700 });
      return { path, marker: markerOf(name), remove: () => removeTree(path) };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Ends and removes what runs left behind whose process is gone (`kill -9`, a reboot). Answers how many there were. */
export async function sweepRuns(root: string): Promise<number> {
  let swept = 0;
  for (const name of await namesIn(root)) {
    if (!(await isLeftover(root, name))) continue;
    await killMarked(markerOf(name));
    await removeGroups(markerOf(name));
    await removeTree(join(root, name));
    swept += 1;
  }
  return swept;
}

const markerOf = (name: string): string => `workflow-${name}.`;

/**
 * `PID-TICKS-BOOT-NAMESPACE`: enough to tell this process from any other, also of another container. Short, because
 * the path of a socket has room for 107 bytes and jobs make some below it.
 */
function nameOfThisProcess(): string {
  const identity = processIdentity(process.pid);
  if (identity === undefined) throw new AppError('internal', 'this process has no entry in /proc');
  return nameOf(identity);
}

const nameOf = ({ pid, startTicks, bootId }: ProcessIdentity): string =>
  `${pid}-${startTicks.toString(36)}-${bootId.slice(0, 6)}-${pidNamespace()}`;

const pidNamespace = (): string => Number(readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')).toString(36);

const namePattern = /^(\d+)-[0-9a-z]+-([0-9a-f]{6})-([0-9a-z]+)-\d+$/;
/** Of a run in another container, of which nobody here can know whether it still goes on. */
const strangerKeptMs = 7 * 24 * 60 * 60 * 1000;

async function isLeftover(root: string, name: string): Promise<boolean> {
  const [, pid, boot, namespace] = namePattern.exec(name) ?? [];
  const self = processIdentity(process.pid);
  if (pid === undefined || self === undefined) return false;
  if (boot !== self.bootId.slice(0, 6)) return true;
  if (namespace === pidNamespace()) {
    const living = processIdentity(Number(pid));
    return living === undefined || !name.startsWith(`${nameOf(living)}-`);
  }
  const { mtimeMs } = await stat(join(root, name)).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > strangerKeptMs;
}

/** Removes a tree, also one with directories that nobody may write to (Go's modules are kept like that). */
export async function removeTree(path: string): Promise<void> {
  if (removeSmall(path, { left: smallTree })) return;
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (systemCode(error) !== 'EACCES' && systemCode(error) !== 'EPERM') throw error;
    await makeWritable(path);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** So many entries are removed at once: to ask Node's threads for each takes ten times as long. */
const smallTree = 200;

/** False when not all is gone: it is no small tree, or something stands in the way. */
function removeSmall(path: string, budget: { left: number }): boolean {
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      budget.left -= 1;
      if (budget.left < 0) return false;
      const inner = join(path, entry.name);
      if (!entry.isDirectory()) unlinkSync(inner);
      else if (!removeSmall(inner, budget)) return false;
    }
    rmdirSync(path);
    return true;
  } catch {
    // Whatever it is, the thorough way meets it again and says so.
    return false;
  }
}

async function makeWritable(directory: string): Promise<void> {
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(directory, entry.name));
  }
}
