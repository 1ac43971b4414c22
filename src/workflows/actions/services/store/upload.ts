import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, systemCode } from '../../../../platform/errors.ts';

/** What an upload came to. */
export interface Content {
  readonly sizeBytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Bytes on their way to the disk: blocks in any order and any number at once, then the list that says which make the
 * content; or all in one. Nothing of it is visible anywhere, and a part that breaks off leaves nothing.
 */
export interface Upload {
  /** The name of its directory. */
  readonly id: string;
  readonly directory: string;
  putBlock(id: string, bytes: Readable): Promise<void>;
  /** Throws `invalid_input` for a block that was not put. */
  commitBlocks(ids: readonly string[]): Promise<void>;
  putAll(bytes: Readable): Promise<void>;
  /** Writes a part of the content where it belongs (the older cache protocol). */
  putRange(start: number, bytes: Readable): Promise<void>;
  /** Whether nothing has come yet, nor is coming. */
  isUntouched(): Promise<boolean>;
  /** Null until there is content. */
  content(): Promise<Content | null>;
  discard(): Promise<void>;
}

/** In an upload's directory: what becomes visible. */
export const contentName = 'content';
export const blocksName = 'blocks';

/** Begins an upload in a directory of its own below `place`, named after its owner. No more than `maxBytes` are taken. */
export async function beginUpload(place: string, owner: string, maxBytes: number): Promise<Upload> {
  const directory = join(place, `${owner}-${randomUUID()}`);
  await makeDirectory(join(directory, blocksName));
  return openUpload(directory, maxBytes);
}

/** Goes on with an upload that was begun: all of it lies in its directory. */
export function openUpload(directory: string, maxBytes: number): Upload {
  const blocks = join(directory, blocksName);
  const content = join(directory, contentName);
  let known: Content | null = null;
  let blockBytes = 0;

  /** Writes beside, and moves when all has come. */
  const receive = async (bytes: Readable, to: string, room: number): Promise<Content> => {
    const incoming = `${to}.${randomUUID()}`;
    const meter = measure(room, maxBytes);
    try {
      await pipeline(kept(bytes), meter.stream, createWriteStream(incoming, { flags: 'wx' }));
      await rename(incoming, to);
      return meter.result();
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  };

  return {
    id: basename(directory),
    directory,
    async putBlock(id, bytes) {
      const { sizeBytes } = await receive(bytes, join(blocks, nameOf(id)), maxBytes - blockBytes);
      blockBytes += sizeBytes;
    },
    async commitBlocks(ids) {
      const files = ids.map((id) => join(blocks, nameOf(id)));
      await Promise.all(files.map((file, index) => assertThere(file, ids[index] ?? '')));
      known = await receive(readAll(files), content, maxBytes);
    },
    async putAll(bytes) {
      known = await receive(bytes, content, maxBytes);
    },
    async putRange(start, bytes) {
      known = null;
      // Others may write other parts at the same time: it must be there, and stay as it is.
      await (await open(content, 'a')).close();
      const meter = measure(maxBytes - start, maxBytes);
      await pipeline(kept(bytes), meter.stream, createWriteStream(content, { flags: 'r+', start }));
    },
    isUntouched: async () => {
      const [parts, files] = await Promise.all([readdir(blocks), readdir(directory)]);
      return parts.length === 0 && !files.some((name) => name.startsWith(contentName));
    },
    async content() {
      known ??= await measureFile(content);
      return known;
    },
    discard: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A pipeline that fails destroys its source: of a request that would be the connection that has to say why. */
function kept(bytes: Readable): AsyncIterable<Buffer> {
  return bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

/** Block ids are anything of up to 64 bytes, in base64. */
function nameOf(id: string): string {
  const name = Buffer.from(id).toString('hex');
  if (name.length > 0 && name.length <= 200) return name;
  throw new AppError('invalid_input', `${JSON.stringify(id)} is no id of a block`);
}

async function assertThere(file: string, id: string): Promise<void> {
  await stat(file).catch(() => {
    throw new AppError('invalid_input', `the block ${id} was not uploaded`);
  });
}

async function* chunksOf(files: readonly string[]): AsyncGenerator<Buffer> {
  for (const file of files) yield* createReadStream(file) as AsyncIterable<Buffer>;
}

function readAll(files: readonly string[]): Readable {
  const all = new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) });
  pipeline(chunksOf(files), all).catch((error: Error) => all.destroy(error));
  return all;
}

async function measureFile(file: string): Promise<Content | null> {
  if ((await stat(file).catch(() => null)) === null) return null;
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

function measure(room: number, maxBytes: number): { stream: Transform; result(): Content } {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (sizeBytes > room) done(tooLarge(maxBytes));
      else {
        hash.update(chunk);
        done(null, chunk);
      }
    },
  });
  return { stream, result: () => ({ sizeBytes, sha256: hash.digest('hex') }) };
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('payload_too_large', `it is larger than ${maxBytes} bytes, and no more is kept`);
}

/** Makes a directory below one that whoever ends takes away when it is empty: also right now, from under this. */
export async function makeDirectory(path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(path, { recursive: true });
      return;
    } catch (error) {
      if (!isGone(error) || attempt === mostAttempts) throw error;
    }
  }
}

const mostAttempts = 20;

/** ENOTDIR is also Node's word for a directory that is gone again by the time it looks at it. */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
