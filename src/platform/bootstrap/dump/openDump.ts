import { AppError } from '../../errors.ts';
import { Completeness } from './completeness.ts';
import { DumpReader } from './dumpReader.ts';
import type { DumpSource } from './dumpSource.ts';
import { formatOf, magicBytes } from './fileFormat.ts';
import { gunzip } from './gunzip.ts';
import { type Peeked, peek } from './peek.ts';
import type { Piece } from './piece.ts';

/** A dump whose first bytes were read, and that is SQL by them. */
export interface OpenDump {
  readonly name: string;
  /** Of the file as it lies there, compressed or not. */
  readonly sizeBytes: number | null;
  /** How much of that was read. */
  bytesRead(): number;
  /** What is odd about it, and does no harm. */
  readonly notes: readonly string[];
  /** All of it, once. Throws `invalid_input` at the place where it is broken or cut off. */
  pieces(): AsyncIterable<Piece[]>;
  /** Closes it, wherever it is. */
  close(): Promise<void>;
}

/** Opens a dump, plain or by gzip. Throws `invalid_input` when it is anything else. */
export async function openDump(source: DumpSource): Promise<OpenDump> {
  const { name, sizeBytes } = source;
  let bytesRead = 0;
  const file = counted(source.open(), (length) => {
    bytesRead += length;
  });
  const { bytes, head, close } = await openText(file, name);
  const bomBytes = head.subarray(0, bom.length).equals(bom) ? bom.length : 0;
  return {
    name,
    sizeBytes,
    bytesRead: () => bytesRead,
    notes: bomBytes > 0 ? [`${name} begins with a byte order mark; it was left out`] : [],
    pieces: () => cut(name, bytes, bomBytes),
    close,
  };
}

const bom = Buffer.from('\ufeff');

async function* counted(
  source: AsyncIterable<Buffer>,
  count: (length: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    count(chunk.length);
    yield chunk;
  }
}

async function openText(file: AsyncIterable<Buffer>, name: string): Promise<Peeked> {
  const packed = await peek(file, magicBytes);
  if (formatOf(packed.head).kind !== 'gzip') return readable(packed, name);
  return readable(await peek(gunzip(packed.bytes, name), magicBytes), name);
}

async function readable(peeked: Peeked, name: string): Promise<Peeked> {
  const format = formatOf(peeked.head);
  if (format.kind === 'text') return peeked;
  await peeked.close();
  const reason = format.kind === 'gzip' ? 'is compressed by gzip twice. Decompress it once' : format.reason;
  throw new AppError('invalid_input', `${name} ${reason}`);
}

async function* cut(name: string, bytes: AsyncIterable<Buffer>, bomBytes: number): AsyncGenerator<Piece[]> {
  const reader = new DumpReader(name);
  const completeness = new Completeness();
  let skipped = bomBytes;
  for await (const chunk of bytes) {
    const pieces = reader.push(chunk.subarray(skipped));
    skipped = 0;
    for (const piece of pieces) completeness.see(piece);
    yield pieces;
  }
  const last = reader.end();
  for (const piece of last) completeness.see(piece);
  if (completeness.isCutOff) throw cutOff(name);
  yield last;
}

const cutOff = (name: string): AppError =>
  new AppError(
    'invalid_input',
    `${name} is cut off: it begins like a dump of pg_dump, and its last line "-- PostgreSQL database dump complete" is missing. Make it again`,
  );
