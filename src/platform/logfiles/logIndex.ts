import type { FileHandle } from 'node:fs/promises';

/**
 * One fact of the index beside a log: the bytes from `offset` on were written at `time` (ms since 1970), and
 * the first of them stands in line `line` (from 1). It holds until the offset of the next entry.
 */
export interface IndexEntry {
  offset: number;
  time: number;
  line: number;
}

/** On disk: offset and time as 48-bit, line as 32-bit big-endian integers. */
export const entryBytes = 16;
/** Entries of one read while searching, and how many such reads are remembered. */
const entriesPerBlock = 256;
const rememberedBlocks = 32;

/** Where the index of the log at `path` is. */
export function indexPathOf(path: string): string {
  return `${path}.index`;
}

export function encodeEntries(entries: IndexEntry[]): Buffer {
  const bytes = Buffer.alloc(entries.length * entryBytes);
  entries.forEach((entry, i) => {
    bytes.writeUIntBE(entry.offset, i * entryBytes, 6);
    bytes.writeUIntBE(entry.time, i * entryBytes + 6, 6);
    bytes.writeUInt32BE(entry.line, i * entryBytes + 12);
  });
  return bytes;
}

/** Searches an index file that may be growing. A torn last entry is not seen. */
export class IndexReader {
  readonly #file: FileHandle;
  readonly #blocks = new Map<number, Buffer>();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** How many whole entries there are now. */
  async count(): Promise<number> {
    return Math.floor((await this.#file.stat()).size / entryBytes);
  }

  /** The entry that tells when the byte at `offset` was written. */
  async atOffset(offset: number): Promise<IndexEntry | undefined> {
    return this.#last((entry) => entry.offset <= offset);
  }

  /** The last entry that stands before the end of line `line - 1`: from there on, line `line` is found. */
  async beforeLine(line: number): Promise<IndexEntry | undefined> {
    return this.#last((entry) => entry.line < line);
  }

  /** The entry that tells when the byte at `offset` was written, and those after it: at most `limit`. */
  async from(offset: number, limit: number): Promise<IndexEntry[]> {
    const first = Math.max(0, (await this.#countWhile((entry) => entry.offset <= offset)) - 1);
    const entries: IndexEntry[] = [];
    for (let i = first; entries.length < limit; i += 1) {
      const entry = await this.entry(i);
      if (entry === undefined) break;
      entries.push(entry);
    }
    return entries;
  }

  /** Entry number `i`, counted from 0. */
  async entry(i: number): Promise<IndexEntry | undefined> {
    const at = (i % entriesPerBlock) * entryBytes;
    const number = Math.floor(i / entriesPerBlock);
    const known = this.#blocks.get(number);
    const block = known && at + entryBytes <= known.length ? known : await this.#load(number);
    return at + entryBytes > block.length ? undefined : decodeEntry(block, at);
  }

  async #last(holds: (entry: IndexEntry) => boolean): Promise<IndexEntry | undefined> {
    const count = await this.#countWhile(holds);
    return count === 0 ? undefined : this.entry(count - 1);
  }

  /** Binary search: `holds` is true for some first entries and false for all after them. */
  async #countWhile(holds: (entry: IndexEntry) => boolean): Promise<number> {
    let low = 0;
    let high = await this.count();
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = await this.entry(middle);
      if (entry && holds(entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #load(number: number): Promise<Buffer> {
    const size = entriesPerBlock * entryBytes;
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await this.#file.read(buffer, 0, size, number * size);
    const block = buffer.subarray(0, bytesRead);
    if (this.#blocks.size >= rememberedBlocks) this.#blocks.clear();
    this.#blocks.set(number, block);
    return block;
  }
}

function decodeEntry(bytes: Buffer, at: number): IndexEntry {
  return {
    offset: bytes.readUIntBE(at, 6),
    time: bytes.readUIntBE(at + 6, 6),
    line: bytes.readUInt32BE(at + 12),
  };
}
