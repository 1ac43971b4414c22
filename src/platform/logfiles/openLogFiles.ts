import { constants, type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import { countNewlines } from './countNewlines.ts';
import { entryBytes, type IndexEntry, IndexReader, indexPathOf } from './logIndex.ts';

const blockBytes = 256 * 1024;

/** The two files of a log and where writing goes on. */
export interface OpenLogFiles {
  raw: FileHandle;
  index: FileHandle;
  position: LogPosition;
}

export interface LogPosition {
  /** Bytes in the log. */
  size: number;
  /** Number of the line in which the next byte stands, from 1. */
  line: number;
  /** Whether the next byte begins a line. */
  atLineStart: boolean;
  /** Entries in the index. */
  entries: number;
  lastEntry: IndexEntry | undefined;
}

/**
 * Opens a log for appending, creating it if need be, and finds where a dead writer stopped: an index entry that
 * was torn, or that speaks of bytes which never arrived, is cut off.
 */
export async function openLogFiles(path: string): Promise<OpenLogFiles> {
  // The index comes first, so that a reader who finds the log finds its index too. It is written at positions,
  // never appended: a half-written entry is then simply written again.
  const index = await openOrExplain(indexPathOf(path), constants.O_RDWR | constants.O_CREAT);
  try {
    const raw = await openOrExplain(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND);
    try {
      return { raw, index, position: await recover(raw, index) };
    } catch (error) {
      await raw.close();
      throw error;
    }
  } catch (error) {
    await index.close();
    throw error;
  }
}

async function openOrExplain(path: string, flags: number): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o750 });
    return await open(path, flags, 0o640);
  } catch (cause) {
    const message = `cannot open the log ${path} for writing (${systemCode(cause) ?? cause}): check that its directory is writable and has space`;
    throw new AppError('unavailable', message, { path }, { cause });
  }
}

async function recover(raw: FileHandle, index: FileHandle): Promise<LogPosition> {
  const { size } = await raw.stat();
  const wholeEntries = await new IndexReader(index).count();
  const { entries, lastEntry } = await dropEntriesBehind(index, size, wholeEntries);
  return {
    size,
    line: (lastEntry?.line ?? 1) + (await countBetween(raw, lastEntry?.offset ?? 0, size)),
    atLineStart: size === 0 || (await byteAt(raw, size - 1)) === 10,
    entries,
    lastEntry,
  };
}

/** Cuts off the entries (of the first `count`) that speak of bytes behind the end of a log of `size` bytes. */
export async function dropEntriesBehind(index: FileHandle, size: number, count: number) {
  const reader = new IndexReader(index);
  let entries = count;
  let lastEntry: IndexEntry | undefined;
  while (entries > 0) {
    lastEntry = await reader.entry(entries - 1);
    if (lastEntry && lastEntry.offset <= size) break;
    lastEntry = undefined;
    entries -= 1;
  }
  await index.truncate(entries * entryBytes);
  return { entries, lastEntry };
}

async function countBetween(raw: FileHandle, from: number, end: number): Promise<number> {
  const block = Buffer.alloc(Math.min(blockBytes, end - from));
  let newlines = 0;
  for (let at = from; at < end; ) {
    const { bytesRead } = await raw.read(block, 0, Math.min(block.length, end - at), at);
    if (bytesRead === 0) break;
    newlines += countNewlines(block.subarray(0, bytesRead));
    at += bytesRead;
  }
  return newlines;
}

async function byteAt(raw: FileHandle, at: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await raw.read(Buffer.alloc(1), 0, 1, at);
  return bytesRead === 1 ? buffer[0] : undefined;
}
