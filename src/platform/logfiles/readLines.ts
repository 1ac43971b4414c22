import { type LogReader, withLog } from './readLog.ts';
import { completeUtf8Length } from './utf8.ts';

const blockBytes = 256 * 1024;
/** What one line shows at most. */
export const longestLineBytes = 16 * 1024;

/** One line of a log. */
export interface LogLine {
  /** From 1. */
  number: number;
  /** Where its first byte is. */
  offset: number;
  /** When its first byte was written (ms since 1970), null where the index does not know. */
  time: number | null;
  /** Without its line feed, escape sequences kept; a longer line than `longestLineBytes` ends with a mark. */
  text: string;
}

/**
 * Up to `limit` lines from number `from` on. The last line of a log that is being written may be unfinished. A log
 * that does not exist has no lines.
 */
export async function readLogLines(path: string, page: { from: number; limit: number }): Promise<LogLine[]> {
  if (page.limit < 1) return [];
  return withLog(path, [], async (log) => {
    const lines: LogLine[] = [];
    for await (const line of linesFrom(log, Math.max(1, page.from))) {
      lines.push({ ...line, time: await log.timeAt(line.offset) });
      if (lines.length >= page.limit) break;
    }
    return lines;
  });
}

type UntimedLine = Omit<LogLine, 'time'>;

/** Streams the lines from number `from` on, with one block and one shown line in memory at a time. */
async function* linesFrom(log: LogReader, from: number): AsyncGenerator<UntimedLine> {
  const place = await log.placeBefore(from);
  const splitter = new LineSplitter(place, from);
  for (let at = place.offset; ; ) {
    const block = await log.read(at, blockBytes);
    if (block.length === 0) break;
    yield* splitter.split(block);
    at = await skipRestOfLongLine(log, splitter, at + block.length);
  }
  const unfinished = splitter.end();
  if (unfinished) yield unfinished;
}

/** A line of gigabytes is not read to its end: the index knows a later place in the same line. */
async function skipRestOfLongLine(log: LogReader, splitter: LineSplitter, at: number): Promise<number> {
  if (splitter.length < longestLineBytes) return at;
  const place = await log.placeBefore(splitter.number + 1);
  if (place.line !== splitter.number || place.offset <= at) return at;
  splitter.skip(place.offset - at);
  return place.offset;
}

/** Cuts bytes into lines and keeps the beginning of the current one; lines before number `from` are counted only. */
class LineSplitter {
  number: number;
  length = 0;
  #offset: number;
  #shown: Buffer[] = [];
  readonly #from: number;

  constructor(start: { offset: number; line: number }, from: number) {
    this.number = start.line;
    this.#offset = start.offset;
    this.#from = from;
  }

  *split(block: Buffer): Generator<UntimedLine> {
    let start = 0;
    for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10, start)) {
      this.#add(block.subarray(start, end));
      if (this.number >= this.#from) yield this.#finished();
      this.#next();
      start = end + 1;
    }
    this.#add(block.subarray(start));
  }

  skip(bytes: number): void {
    this.length += bytes;
  }

  end(): UntimedLine | undefined {
    return this.length > 0 && this.number >= this.#from ? this.#finished() : undefined;
  }

  #add(bytes: Buffer): void {
    const room = longestLineBytes - this.length;
    if (room > 0 && this.number >= this.#from) this.#shown.push(bytes.subarray(0, room));
    this.length += bytes.length;
  }

  #next(): void {
    this.number += 1;
    this.#offset += this.length + 1;
    this.length = 0;
    this.#shown = [];
  }

  #finished(): UntimedLine {
    const number = this.number;
    const offset = this.#offset;
    const shown = Buffer.concat(this.#shown);
    if (shown.length === this.length) return { number, offset, text: shown.toString() };
    const whole = completeUtf8Length(shown);
    const mark = ` … (${this.length - whole} more bytes)`;
    return { number, offset, text: shown.toString('utf8', 0, whole) + mark };
  }
}
