import { AppError } from '../../errors.ts';
import { ByteQueue } from './byteQueue.ts';
import { findEndOfData } from './copyData.ts';
import type { Command, Piece, Statement } from './piece.ts';
import { firstPlace, type Place, placeAfter } from './place.ts';
import { standardStringsSetBy } from './standardStrings.ts';
import { type Found, StatementScanner } from './statementScanner.ts';

/** No server takes a longer one (MaxAllocSize). */
const longestStatementBytes = 2 ** 30 - 1;

/**
 * Cuts a dump into its pieces while it arrives, in chunks that may end anywhere. It holds one statement at a time
 * and no data. Throws `invalid_input` with file, line and column for what no dump may contain.
 */
export class DumpReader {
  readonly #name: string;
  readonly #longestStatementBytes: number;
  readonly #queue = new ByteQueue();
  readonly #scanner = new StatementScanner();
  #place: Place = firstPlace;
  /** The COPY whose line or whose data are being read. */
  #copy: { found: Found; place: Place } | undefined;
  #inData = false;
  #atLineStart = true;

  constructor(name: string, limits = { longestStatementBytes }) {
    this.#name = name;
    this.#longestStatementBytes = limits.longestStatementBytes;
  }

  /** The pieces that are complete now. */
  push(chunk: Buffer): Piece[] {
    this.#queue.append(chunk);
    const pieces = this.#cut(false);
    if (this.#queue.length > this.#longestStatementBytes) throw this.#tooLong();
    return pieces;
  }

  /** The last pieces. */
  end(): Piece[] {
    const pieces = this.#cut(true);
    if (this.#inData || this.#copy) throw this.#dataWithoutEnd();
    const { unfinished } = this.#scanner;
    if (unfinished)
      throw this.#error(
        unfinished.start,
        `the file ends within ${unfinished.what}, which begins here. ${cutOff}`,
      );
    if (this.#queue.length > 0) pieces.push(this.#take('rest', this.#queue.length));
    return pieces;
  }

  #cut(isLast: boolean): Piece[] {
    const pieces: Piece[] = [];
    for (;;) {
      const piece = this.#inData ? this.#cutData(isLast) : this.#cutStatement(isLast);
      if (piece === undefined) return pieces;
      pieces.push(piece);
    }
  }

  #cutStatement(isLast: boolean): Piece | undefined {
    if (this.#queue.length === 0 && !this.#copy) return undefined;
    const { bytes } = this.#queue;
    const found = this.#copy?.found ?? this.#scanner.scan(bytes, isLast);
    if (found === undefined) return undefined;
    if (found.copiesFromStdin) return this.#cutCopy(bytes, found);
    switch (found.kind) {
      case 'empty':
        return this.#take('rest', found.end);
      case 'misplaced backslash':
        throw this.#error(
          found.start,
          'a backslash within a statement: a command of psql stands on a line of its own',
        );
      case 'command':
        return this.#takeFound('command', found, found.end);
      case 'statement':
        return this.#followSettings(this.#takeFound('statement', found, found.end));
    }
  }

  #cutCopy(bytes: Buffer, found: Found): Piece | undefined {
    this.#copy ??= { found, place: placeAfter(this.#place, bytes.subarray(0, found.start)) };
    const lineFeed = bytes.indexOf('\n', found.end);
    if (lineFeed < 0) return undefined;
    if (!/^\s*(--.*)?$/.test(bytes.toString('latin1', found.end, lineFeed)))
      throw this.#error(found.end, 'data of a COPY begin on the next line; here something stands behind it');
    this.#inData = true;
    this.#atLineStart = true;
    return this.#takeFound('statement', found, lineFeed + 1);
  }

  #cutData(isLast: boolean): Piece | undefined {
    const { bytes } = this.#queue;
    if (bytes.length === 0) return undefined;
    const end = findEndOfData(bytes, this.#atLineStart, isLast);
    if (end.data > 0) {
      this.#atLineStart = bytes[end.data - 1] === 10;
      return this.#take('data', end.data);
    }
    if (!('endOfLine' in end)) return undefined;
    this.#inData = false;
    this.#copy = undefined;
    return this.#take('end of data', end.endOfLine);
  }

  #take<Kind extends 'rest' | 'data' | 'end of data'>(kind: Kind, length: number) {
    const place = this.#place;
    const raw = this.#queue.take(length);
    this.#place = placeAfter(place, raw);
    return { kind, raw, place };
  }

  #takeFound(kind: 'statement', found: Found, length: number): Statement;
  #takeFound(kind: 'command', found: Found, length: number): Command;
  #takeFound(kind: 'statement' | 'command', found: Found, length: number): Statement | Command {
    const { start, end, copiesFromStdin } = found;
    const raw = this.#queue.take(length);
    const place = placeAfter(this.#place, raw.subarray(0, start));
    this.#place = placeAfter(place, raw.subarray(start));
    return kind === 'command'
      ? { kind, raw, place, start, end }
      : { kind, raw, place, start, end, copiesFromStdin };
  }

  #followSettings(statement: Statement): Statement {
    const standard = standardStringsSetBy(statement);
    if (standard !== undefined) this.#scanner.standardStrings = standard;
    return statement;
  }

  #error(offset: number, message: string): AppError {
    return this.#errorAt(placeAfter(this.#place, this.#queue.bytes.subarray(0, offset)), message);
  }

  #errorAt({ line, column }: Place, message: string): AppError {
    const file = this.#name;
    return new AppError('invalid_input', `${file}:${line}:${column}: ${message}`, { file, line, column });
  }

  #dataWithoutEnd(): AppError {
    const place = this.#copy?.place ?? this.#place;
    return this.#errorAt(
      place,
      `the file ends within the data of this COPY: the line "\\." is missing. ${cutOff}`,
    );
  }

  #tooLong(): AppError {
    const what = this.#scanner.unfinished?.what ?? 'no semicolon';
    return this.#error(
      this.#scanner.unfinished?.start ?? 0,
      `a statement of more than ${this.#longestStatementBytes} bytes, which no server takes: it has ${what}`,
    );
  }
}

const cutOff = 'The dump was cut off: make it again';
