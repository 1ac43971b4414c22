import { open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { type IndexEntry, IndexReader, indexPathOf } from './logIndex.ts';

/** The two files of a log that somebody else may be writing. */
export interface LogReader {
  /** Bytes in the log now. */
  size(): Promise<number>;
  /** Up to `limit` bytes from `offset` on; fewer at the end, none behind it. */
  read(offset: number, limit: number): Promise<Buffer>;
  /** When the byte at `offset` was written (ms since 1970), null where the index does not know. */
  timeAt(offset: number): Promise<number | null>;
  /** Times from that of the byte at `offset` on, at most `limit`. */
  entriesFrom(offset: number, limit: number): Promise<IndexEntry[]>;
  /** A place at or before the start of line `line` (from 1), to count lines from. */
  placeBefore(line: number): Promise<{ offset: number; line: number }>;
  /** A place at or before `offset`, near it, to count lines from. */
  placeAt(offset: number): Promise<{ offset: number; line: number }>;
  close(): Promise<void>;
}

/** Opens a log for one use of it; `missing` is the answer for a log that does not exist (yet). */
export async function withLog<T>(path: string, missing: T, use: (log: LogReader) => Promise<T>): Promise<T> {
  const log = await openLogReader(path);
  if (!log) return missing;
  try {
    return await use(log);
  } finally {
    await log.close();
  }
}

/** Opens a log for reading. Undefined if it does not exist (yet). */
export async function openLogReader(path: string): Promise<LogReader | undefined> {
  const raw = await openIfExists(path);
  if (!raw) return undefined;
  const indexFile = await openIfExists(indexPathOf(path));
  const index = indexFile && new IndexReader(indexFile);
  return {
    size: async () => (await raw.stat()).size,
    read: async (offset, limit) => {
      const length = Math.max(0, Math.min(limit, (await raw.stat()).size - offset));
      const { buffer, bytesRead } = await raw.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    timeAt: async (offset) => (await index?.atOffset(offset))?.time ?? null,
    entriesFrom: async (offset, limit) => (await index?.from(offset, limit)) ?? [],
    placeBefore: async (line) => (await index?.beforeLine(line)) ?? { offset: 0, line: 1 },
    placeAt: async (offset) => (await index?.atOffset(offset)) ?? { offset: 0, line: 1 },
    close: async () => {
      await raw.close();
      await indexFile?.close();
    },
  };
}

async function openIfExists(path: string) {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
