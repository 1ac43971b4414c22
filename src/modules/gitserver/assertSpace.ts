import { statfs } from 'node:fs/promises';
import { AppError } from '../../platform/errors.ts';
import { describeByteSize } from '../../platform/text/byteSize.ts';

const leastBytes = 64 * 1024 ** 2;

export const fullDisk =
  'the disk of Slipway is full. Nothing can be pushed until its operator frees some of it';

/** Throws `unavailable` while the disk is nearly full: a push would take the last of what the database needs. */
export async function assertSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free >= leastBytes) return;
  throw new AppError('unavailable', `${fullDisk}; ${describeByteSize(free)} are left`);
}
