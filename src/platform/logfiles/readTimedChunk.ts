import { withLog } from './readLog.ts';

/** Bytes of a log, and from which offset on each time holds (ms since 1970). */
export interface TimedChunk {
  readonly bytes: Buffer;
  readonly times: readonly { readonly offset: number; readonly time: number }[];
}

/** What a log has from `offset` on, with the times of all of it: at most so many bytes, and so many times. */
export async function readTimedChunk(
  path: string,
  offset: number,
  limits: { readonly bytes: number; readonly times: number },
): Promise<TimedChunk> {
  return withLog(path, { bytes: Buffer.alloc(0), times: [] }, async (log) => {
    const bytes = await log.read(offset, limits.bytes);
    const entries = await log.entriesFrom(offset, limits.times + 1);
    const known = entries.filter((entry) => entry.offset < offset + bytes.length);
    const next = known[limits.times];
    const times = known
      .slice(0, limits.times)
      .map((entry) => ({ offset: Math.max(entry.offset, offset), time: entry.time }));
    return { bytes: next === undefined ? bytes : bytes.subarray(0, next.offset - offset), times };
  });
}
