import { LogWatch } from './logWatch.ts';
import { type LogReader, openLogReader } from './readLog.ts';
import { completeUtf8Length } from './utf8.ts';

const chunkBytes = 64 * 1024;

/** Bytes of a log, where they stand, and when the first of them was written (ms since 1970, null if unknown). */
export interface LogChunk {
  offset: number;
  bytes: Buffer;
  time: number | null;
}

/** The open tails by path: all followers of a log in this process share one watch, one file and one read. */
const openTails = new Map<string, LogTail>();

/** What the followers of one log have in common. Release it as often as it was acquired. */
export class LogTail {
  readonly watch: LogWatch;
  readonly #path: string;
  readonly #reads = new Map<string, Promise<LogChunk | undefined>>();
  #opening: Promise<LogReader | undefined> | undefined;
  #followers = 0;

  constructor(path: string) {
    this.#path = path;
    this.watch = new LogWatch(path);
  }

  static acquire(path: string): LogTail {
    const tail = openTails.get(path) ?? new LogTail(path);
    openTails.set(path, tail);
    tail.#followers += 1;
    return tail;
  }

  async release(): Promise<void> {
    this.#followers -= 1;
    if (this.#followers > 0) return;
    openTails.delete(this.#path);
    this.watch.close();
    await (await this.#opening)?.close();
  }

  /**
   * The next bytes from `offset` on, undefined if there are none yet. A character that is not complete waits for
   * its rest, unless this is the `last` read. Followers who ask for the same place share one read.
   */
  read(offset: number, last: boolean): Promise<LogChunk | undefined> {
    const key = `${offset} ${last}`;
    const running = this.#reads.get(key);
    if (running) return running;
    const read = this.#read(offset, last).finally(() => this.#reads.delete(key));
    this.#reads.set(key, read);
    return read;
  }

  async #read(offset: number, last: boolean): Promise<LogChunk | undefined> {
    const log = await this.#open();
    if (!log) return undefined;
    const bytes = await log.read(offset, chunkBytes);
    const length = last && bytes.length < chunkBytes ? bytes.length : completeUtf8Length(bytes);
    if (length === 0) return undefined;
    return { offset, bytes: bytes.subarray(0, length), time: await log.timeAt(offset) };
  }

  async #open(): Promise<LogReader | undefined> {
    this.#opening ??= openLogReader(this.#path);
    const opening = this.#opening;
    const log = await opening.catch((error: unknown) => this.#reopenLater(opening, error));
    if (!log && this.#opening === opening) this.#opening = undefined;
    return log;
  }

  #reopenLater(opening: Promise<unknown>, error: unknown): never {
    if (this.#opening === opening) this.#opening = undefined;
    throw error;
  }
}
