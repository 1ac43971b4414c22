import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, systemCode } from '../errors.ts';

/** Where the first fetch of a mirror builds it, until it is complete. */
export function incomingDirectory(directory: string): string {
  return `${directory}.incoming`;
}

/** Marks every git process of a sync, so that a later one finds those that outlived their Slipway. */
export function syncMarker(directory: string): Record<string, string> {
  return { [markerName]: directory };
}

const markerName = 'SLIPWAY_GIT_SYNC';

/**
 * Ends what a killed sync of this mirror has left running, then removes the files it left. Only one sync may
 * work on a mirror at a time: whatever is found is therefore abandoned.
 */
export async function clearEarlierSync(directory: string): Promise<void> {
  await endSync(directory);
  await rm(incomingDirectory(directory), { recursive: true, force: true, maxRetries: 5 });
  await removeFiles(directory, (name) => name.endsWith('.lock') || name === 'packed-refs.new');
  await removeFromRefs(join(directory, 'refs'));
  await removeFiles(join(directory, 'objects', 'info'), isLock);
  await removeFiles(
    join(directory, 'objects', 'info', 'commit-graphs'),
    (name) => isLock(name) || isTemporary(name),
  );
  await removeFiles(join(directory, 'objects', 'pack'), isTemporary);
}

function isLock(name: string): boolean {
  return name.endsWith('.lock');
}

function isTemporary(name: string): boolean {
  return /^\.?tmp[-_]/.test(name);
}

/**
 * Ends the git processes of all syncs of a mirror. A killed Slipway does not take them along: they go on until their
 * pipe breaks, and hold locks. Where there is no /proc (macOS) they are left to end by themselves.
 */
export async function endSync(directory: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const pids = await stragglers(directory);
    if (pids.length === 0) return;
    if (Date.now() > deadline) {
      throw new AppError(
        'unavailable',
        `git processes ${pids.join(', ')} still work on ${directory} and cannot be ended`,
      );
    }
    for (const pid of pids) kill(pid);
    await delay(10);
  }
}

async function stragglers(directory: string): Promise<number[]> {
  const names = await readdirOrNone('/proc');
  const marker = Buffer.from(`\0${markerName}=${directory}\0`);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const environment = await readFileOrNone(join('/proc', name, 'environ'));
        return Buffer.concat([Buffer.from('\0'), environment]).includes(marker) ? [Number(name)] : [];
      }),
  );
  return found.flat().filter((pid) => pid !== process.pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

const keptLockAgeMs = 60_000;

/**
 * Below refs/: locks, and refs that a power failure has left empty (the fetch brings them back). `keepCommit` may
 * run beside a sync, so its locks must be old before they are removed; its refs are synced to disk.
 */
async function removeFromRefs(refs: string): Promise<void> {
  const entries = await readdir(refs, { recursive: true, withFileTypes: true }).catch(noneIfGone);
  const kept = join(refs, 'slipway', 'kept');
  for (const entry of entries.filter((file) => file.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const { size, ageMs } = await measure(path);
    const leftover =
      entry.parentPath === kept ? isLock(path) && ageMs > keptLockAgeMs : isLock(path) || size === 0;
    if (leftover) await rm(path, { force: true });
  }
}

async function measure(path: string): Promise<{ size: number; ageMs: number }> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if (isGone(error)) return { size: -1, ageMs: 0 };
    throw error;
  }
}

async function removeFiles(directory: string, isLeftover: (name: string) => boolean): Promise<void> {
  for (const name of (await readdirOrNone(directory)).filter(isLeftover)) {
    await rm(join(directory, name), { recursive: true, force: true });
  }
}

function readdirOrNone(directory: string): Promise<string[]> {
  return readdir(directory).catch(noneIfGone);
}

function noneIfGone(error: unknown): [] {
  if (isGone(error)) return [];
  throw error;
}

async function readFileOrNone(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isGone(error) || ['EACCES', 'EPERM', 'ESRCH'].includes(systemCode(error) ?? ''))
      return Buffer.alloc(0);
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
}
