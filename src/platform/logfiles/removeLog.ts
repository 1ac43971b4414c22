import { rm } from 'node:fs/promises';
import { indexPathOf } from './logIndex.ts';

/** Removes a log for good; one that is not there is as good as removed. Its index goes last: who finds a log finds its index. */
export async function removeLog(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(indexPathOf(path), { force: true });
}
