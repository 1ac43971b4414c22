import type { LinesAhead } from './lineMatching.ts';

const newline = 10;
const carriageReturn = 13;
const nothing = Buffer.alloc(0);

/** A line without an end is passed on in pieces from this length on; one that begins as a command may be longer. */
const longestHeldBytes = 64 * 1024;
const longestCommandBytes = 4 * 1024 * 1024;

/** Takes what a scanner finds, in the order of the stream. */
export interface ScannerSink {
  /** Output as it is: whole lines, but for pieces of very long ones and the last. */
  text(bytes: Buffer): void;
  /**
   * A line, without its end, that may be a command; every line while `wantsLines`. Answers what to do instead of
   * passing it on, once all before it was passed on; or null: it is text. `ahead`: it, and what comes after it in
   * what was written, while `wantsLines`.
   */
  take(line: string, ahead: LinesAhead | null): (() => void) | null;
  readonly wantsLines: boolean;
}

/** Cuts a stream of bytes into plain output and commands, however the stream is cut into writes. */
export class CommandScanner {
  readonly #sink: ScannerSink;
  #held: Buffer = nothing;
  /** The beginning of the line was passed on already, so that it cannot be a command any more. */
  #inPassedLine = false;

  constructor(sink: ScannerSink) {
    this.#sink = sink;
  }

  write(chunk: Buffer): void {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end === 0) {
      this.#hold(chunk);
      return;
    }
    const whole = chunk.subarray(0, end);
    const lines = this.#held.length === 0 ? whole : Buffer.concat([this.#held, whole]);
    this.#held = nothing;
    this.#scan(this.#withoutPassedLine(lines));
    if (end < chunk.length) this.#hold(chunk.subarray(end));
  }

  /** The stream has ended. */
  end(): void {
    const rest = this.#held;
    this.#held = nothing;
    if (rest.length > 0) this.#scan(this.#withoutPassedLine(rest));
    this.#inPassedLine = false;
  }

  #hold(part: Buffer): void {
    if (this.#inPassedLine) {
      this.#sink.text(part);
      return;
    }
    this.#held = Buffer.concat([this.#held, part]);
    const limit = this.#mayBeCommand(this.#held) ? longestCommandBytes : longestHeldBytes;
    if (this.#held.length <= limit) return;
    this.#sink.text(this.#held);
    this.#held = nothing;
    this.#inPassedLine = true;
  }

  #mayBeCommand(line: Buffer): boolean {
    const head = line.toString('latin1', 0, 256).trimStart();
    return head.startsWith('::') || head.includes('##[');
  }

  #withoutPassedLine(lines: Buffer): Buffer {
    if (!this.#inPassedLine) return lines;
    const end = lines.indexOf(newline) + 1;
    if (end === 0) {
      this.#sink.text(lines);
      return nothing;
    }
    this.#inPassedLine = false;
    this.#sink.text(lines.subarray(0, end));
    return lines.subarray(end);
  }

  #scan(lines: Buffer): void {
    const candidates = new Candidates(lines);
    let ahead: LinesAhead | null = null;
    let passed = 0;
    let at = 0;
    while (at < lines.length) {
      if (!this.#sink.wantsLines) ahead = null;
      else if (ahead === null) ahead = { lines: linesFrom(lines, at), at: 0 };
      else ahead.at += 1;
      const start = ahead === null ? candidates.next(at) : at;
      if (start === -1) break;
      const end = endOfLine(lines, start);
      at = end.next;
      const line = ahead?.lines[ahead.at] ?? lines.toString('utf8', start, end.text);
      const act = this.#sink.take(line, ahead);
      if (act === null) continue;
      if (start > passed) this.#sink.text(lines.subarray(passed, start));
      act();
      passed = end.next;
    }
    if (passed < lines.length) this.#sink.text(lines.subarray(passed));
  }
}

function linesFrom(bytes: Buffer, from: number): string[] {
  const lines: string[] = [];
  for (let at = from; at < bytes.length; ) {
    const { text, next } = endOfLine(bytes, at);
    lines.push(bytes.toString('utf8', at, text));
    at = next;
  }
  return lines;
}

const colons = Buffer.from('::');
const brackets = Buffer.from('##[');

/** Where lines begin that may be commands. */
class Candidates {
  readonly #lines: Buffer;
  #colons = -2;
  #brackets = -2;

  constructor(lines: Buffer) {
    this.#lines = lines;
  }

  /** The beginning of the first such line at or after `from`, which begins a line; or -1. */
  next(from: number): number {
    if (this.#brackets !== -1 && this.#brackets < from) this.#brackets = this.#lines.indexOf(brackets, from);
    if (this.#colons !== -1 && this.#colons < from) this.#colons = this.#nextColons(from);
    const bracketed = this.#brackets === -1 ? -1 : this.#startOf(this.#brackets, from);
    if (this.#colons === -1) return bracketed;
    return bracketed === -1 ? this.#colons : Math.min(this.#colons, bracketed);
  }

  /** The beginning of a line in which nothing but white space stands before the colons. */
  #nextColons(from: number): number {
    let after = from;
    for (;;) {
      const found = this.#lines.indexOf(colons, after);
      if (found === -1) return -1;
      const start = this.#startOf(found, from);
      if (isBlank(this.#lines, start, found)) return start;
      // Only what comes after a line end can begin a line; the colons of a long line are not looked at one by one.
      after = nextLineEnd(this.#lines, found) + 1;
      if (after === 0) return -1;
    }
  }

  #startOf(at: number, from: number): number {
    for (let start = at; start > from; start -= 1) if (isLineEnd(this.#lines[start - 1])) return start;
    return from;
  }
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== 32 && bytes[at] !== 9) return false;
  return true;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === newline || byte === carriageReturn;
}

function nextLineEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) if (isLineEnd(bytes[at])) return at;
  return -1;
}

/** A line ends with LF, CRLF or CR. */
function endOfLine(bytes: Buffer, start: number): { text: number; next: number } {
  const end = nextLineEnd(bytes, start);
  if (end === -1) return { text: bytes.length, next: bytes.length };
  const isPair = bytes[end] === carriageReturn && bytes[end + 1] === newline;
  return { text: end, next: end + (isPair ? 2 : 1) };
}
