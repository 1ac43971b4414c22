import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';

/** Where this process builds what will be `directory`: beside it, on the same disk, with a name that is nobody else's. */
export function incomingBeside(directory: string): string {
  return `${directory}.incoming-${process.pid}-${randomUUID()}`;
}

/** What processes that are gone were building for the same place. */
export async function abandonedOnes(directory: string): Promise<string[]> {
  const prefix = `${basename(directory)}.incoming-`;
  const names = await readdir(dirname(directory));
  return names
    .filter((name) => name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10)))
    .map((name) => join(dirname(directory), name));
}

/** Whether a process of this number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}
