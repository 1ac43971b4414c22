import { AppError } from '../errors.ts';
import { countNewlines } from './countNewlines.ts';
import { explainWrite } from './explainWrite.ts';
import { type Layout, layOut, type Piece } from './layOut.ts';
import { encodeEntries, entryBytes, type IndexEntry } from './logIndex.ts';
import { dropEntriesBehind, type OpenLogFiles, openLogFiles } from './openLogFiles.ts';

/** Bytes that may wait for the disk before `write` asks its caller to wait too. */
const highWaterBytes = 1024 * 1024;

/**
 * Opens the log at `path` for appending, with the directories it needs. There must be one writer at a time.
 * Throws `unavailable` if it cannot be opened.
 */
export async function openLogWriter(path: string): Promise<LogWriter> {
  return new LogWriter(path, await openLogFiles(path));
}

/** Appends one line of Slipway's own to a log that nobody else writes now. */
export async function appendLine(path: string, text: string, now: Date): Promise<void> {
  const log = await openLogWriter(path);
  void log.line(text, now);
  await log.close();
}

/**
 * The one writer of a log: raw bytes in a file, and beside it an index that tells when each was written and in
 * which line it stands. What is in the file survives `kill -9` of the writer; `close` makes it survive a power
 * cut. A disk that is full or broken never throws into the caller: what could not be written is counted, told
 * by `incomplete` and, as soon as there is space again, in the log itself at the place where it is missing.
 */
export class LogWriter {
  readonly path: string;
  readonly #files: OpenLogFiles;
  #queue: Piece[] = [];
  #queuedBytes = 0;
  #writing: Promise<void> | undefined;
  #lostBytes = 0;
  #incomplete: string | null = null;
  #closing: Promise<void> | undefined;

  constructor(path: string, files: OpenLogFiles) {
    this.path = path;
    this.#files = files;
  }

  /** Why the log does not hold all that was written to it, or null. */
  get incomplete(): string | null {
    return this.#incomplete;
  }

  /** Bytes in the file. */
  get size(): number {
    return this.#files.position.size;
  }

  /**
   * Appends bytes that were produced at `now`. They must not be changed afterwards. The answer is
   * a promise when the caller should wait before it writes more, since the disk is slower than its source.
   */
  write(bytes: Buffer, now: Date): Promise<void> | undefined {
    return bytes.length === 0 ? undefined : this.#enqueue({ bytes, time: now.getTime(), freshLine: false });
  }

  /** Appends a line of Slipway's own, on a line of its own even if the output before it did not end its line. */
  line(text: string, now: Date): Promise<void> | undefined {
    return this.#enqueue({ bytes: Buffer.from(`${text}\n`), time: now.getTime(), freshLine: true });
  }

  /** Resolves when all that was written so far is in the file, or known to be lost. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** Writes out, forces everything to the disk and closes the files. Never throws: see `incomplete`. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #enqueue(piece: Piece): Promise<void> | undefined {
    if (this.#closing)
      throw new AppError('internal', `the log ${this.path} was written to after it was closed`);
    this.#queue.push(piece);
    this.#queuedBytes += piece.bytes.length;
    this.#writing ??= this.#writeQueue();
    return this.#queuedBytes > highWaterBytes ? this.#writing : undefined;
  }

  async #writeQueue(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      this.#queuedBytes = 0;
      await this.#writeBatch(batch);
    }
    this.#writing = undefined;
  }

  async #writeBatch(batch: Piece[]): Promise<void> {
    if (this.#lostBytes > 0 && !(await this.#append([this.#gapNotice(batch[0]?.time ?? 0)])).complete) {
      this.#lostBytes += batch.reduce((sum, piece) => sum + piece.bytes.length, 0);
      return;
    }
    this.#lostBytes = (await this.#append(batch)).lostBytes;
  }

  #gapNotice(time: number): Piece {
    const text = `[slipway] ${this.#lostBytes} bytes of output are missing here: ${this.#incomplete}\n`;
    return { bytes: Buffer.from(text), time, freshLine: true };
  }

  /** The index goes first: after a crash an entry without bytes does no harm, bytes would get an old time. */
  async #append(pieces: Piece[]): Promise<{ complete: boolean; lostBytes: number }> {
    const layout = layOut(pieces, this.#files.position);
    if (layout.entries.length > 0) await this.#writeEntries(layout.entries);
    const written = await this.#writePayload(layout.payload);
    this.#advance(layout, written);
    if (written < layout.payload.length) await this.#dropEntriesOfLostBytes();
    const lostBytes = layout.payload.length - written;
    return { complete: lostBytes === 0, lostBytes };
  }

  async #writeEntries(entries: IndexEntry[]): Promise<void> {
    const { index, position } = this.#files;
    const bytes = encodeEntries(entries);
    await this.#attempt('the times of some lines are unknown', async () => {
      const { bytesWritten } = await index.write(bytes, 0, bytes.length, position.entries * entryBytes);
      const whole = Math.floor(bytesWritten / entryBytes);
      position.entries += whole;
      position.lastEntry = entries[whole - 1] ?? position.lastEntry;
    });
  }

  async #writePayload(payload: Buffer): Promise<number> {
    let written = 0;
    await this.#attempt('output was lost', async () => {
      while (written < payload.length) {
        const { bytesWritten } = await this.#files.raw.write(payload, written, payload.length - written);
        written += bytesWritten;
      }
    });
    return written;
  }

  /** Follows what is truly in the file, also when the disk took only a part. */
  #advance({ payload, newlines }: Layout, written: number): void {
    const { position } = this.#files;
    if (written === 0) return;
    position.size += written;
    position.line += written === payload.length ? newlines : countNewlines(payload.subarray(0, written));
    position.atLineStart = payload[written - 1] === 10;
  }

  /** An entry that points behind the end would stand before one that does not, and searches need their order. */
  async #dropEntriesOfLostBytes(): Promise<void> {
    const { index, position } = this.#files;
    await this.#attempt('the times of some lines are unknown', async () => {
      Object.assign(position, await dropEntriesBehind(index, position.size, position.entries));
    });
  }

  async #close(): Promise<void> {
    await this.flush();
    if (this.#lostBytes > 0) await this.#append([this.#gapNotice(this.#files.position.lastEntry?.time ?? 0)]);
    const { raw, index } = this.#files;
    for (const file of [raw, index]) {
      await this.#attempt('the log may not survive a power cut', () => file.sync());
      await this.#attempt('the log may not be wholly written', () => file.close());
    }
  }

  async #attempt(consequence: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#incomplete ??= `${explainWrite(error)} (${consequence})`;
    }
  }
}
