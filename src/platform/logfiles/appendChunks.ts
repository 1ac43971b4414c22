import { AppError } from '../errors.ts';
import { explainWrite } from './explainWrite.ts';
import { layOut } from './layOut.ts';
import { encodeEntries, entryBytes } from './logIndex.ts';
import { dropEntriesBehind, type OpenLogFiles, openLogFiles } from './openLogFiles.ts';

/** Bytes of a log that was written elsewhere, and when (ms since 1970). */
export interface TimedBytes {
  readonly bytes: Buffer;
  readonly time: number;
}

/** A log whose writer is elsewhere and sends it piece by piece. One call at a time. */
export interface ChunkedLog {
  /** Bytes in the file. */
  readonly size: number;
  /** Ends the line that an earlier writer left unfinished. */
  endLine(now: Date): Promise<void>;
  /** Appends all of it, or nothing: then it throws `unavailable`, and the writer sends it again. */
  append(pieces: readonly TimedBytes[]): Promise<void>;
  /** Forces everything to the disk. */
  close(): Promise<void>;
}

/** Opens the log at `path` for chunks. There must be one writer at a time. */
export async function openChunkedLog(path: string): Promise<ChunkedLog> {
  const files = await openLogFiles(path);
  const { raw, index, position } = files;
  const log: ChunkedLog = {
    get size() {
      return position.size;
    },
    async endLine(now) {
      if (!position.atLineStart) await log.append([{ bytes: Buffer.from('\n'), time: now.getTime() }]);
    },
    async append(pieces) {
      try {
        await write(files, pieces);
      } catch (error) {
        await undo(files);
        throw new AppError(
          'unavailable',
          `the log is not written: ${explainWrite(error)}`,
          {},
          { cause: error },
        );
      }
    },
    async close() {
      for (const file of [raw, index]) {
        await file.sync().catch(() => undefined);
        await file.close();
      }
    },
  };
  return log;
}

/** The index goes first, as in `LogWriter`. */
async function write({ raw, index, position }: OpenLogFiles, pieces: readonly TimedBytes[]): Promise<void> {
  const { payload, newlines, entries } = layOut(
    pieces.map((piece) => ({ ...piece, freshLine: false })),
    position,
  );
  const encoded = encodeEntries(entries);
  await writeWhole(
    (from) => index.write(encoded, from, encoded.length - from, position.entries * entryBytes + from),
    encoded.length,
  );
  await writeWhole((from) => raw.write(payload, from, payload.length - from), payload.length);
  position.entries += entries.length;
  position.lastEntry = entries.at(-1) ?? position.lastEntry;
  position.size += payload.length;
  position.line += newlines;
  if (payload.length > 0) position.atLineStart = payload.at(-1) === 10;
}

async function writeWhole(
  put: (from: number) => Promise<{ bytesWritten: number }>,
  length: number,
): Promise<void> {
  for (let written = 0; written < length; ) written += (await put(written)).bytesWritten;
}

async function undo({ raw, index, position }: OpenLogFiles): Promise<void> {
  await raw.truncate(position.size);
  Object.assign(position, await dropEntriesBehind(index, position.size, position.entries));
}
