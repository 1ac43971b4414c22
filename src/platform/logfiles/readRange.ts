import { stat } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { withLog } from './readLog.ts';

/** The most bytes that one range answers, whatever was asked for. */
export const largestRangeBytes = 8 * 1024 * 1024;

/** Bytes of a log and where they stand in it. */
export interface LogRange {
  offset: number;
  bytes: Buffer;
  /** Bytes of the whole log at this moment. */
  size: number;
}

/** Bytes of the log from `offset` on, at most `limit` and `largestRangeBytes`. A log that does not exist is empty. */
export async function readLogRange(
  path: string,
  range: { offset: number; limit: number },
): Promise<LogRange> {
  const { offset } = range;
  return withLog(path, { offset, bytes: Buffer.alloc(0), size: 0 }, async (log) => {
    const bytes = await log.read(offset, Math.min(range.limit, largestRangeBytes));
    return { offset, bytes, size: await log.size() };
  });
}

/** Bytes in the log now; 0 if it does not exist. */
export async function logSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
