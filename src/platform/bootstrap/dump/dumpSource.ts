import { once } from 'node:events';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AppError, systemCode } from '../../errors.ts';

/** A dump that can be read once, from its beginning to its end. */
export interface DumpSource {
  /** As messages call it. */
  readonly name: string;
  /** Null when it is not known, as of a pipe. */
  readonly sizeBytes: number | null;
  open(): AsyncIterable<Buffer>;
}

const chunkBytes = 256 * 1024;

/** A dump in a file, or in a named pipe. Throws `invalid_input` when there is none that can be read. */
export async function fileDump(path: string): Promise<DumpSource> {
  const info = await stat(path).catch((error: unknown) => {
    throw explainReadError(error, path);
  });
  if (info.isDirectory()) throw isDirectory(path);
  return {
    name: path,
    sizeBytes: info.isFile() ? info.size : null,
    open: () => (info.isFile() ? readWhole(path, info) : readStream(path)),
  };
}

/** What another program writes into our standard input. */
export function streamDump(stream: NodeJS.ReadableStream, name = 'standard input'): DumpSource {
  return {
    name,
    sizeBytes: null,
    open: async function* () {
      for await (const chunk of stream) yield Buffer.from(chunk as Buffer);
    },
  };
}

/** A file that somebody writes or replaces meanwhile must not be taken for the whole of it. */
async function* readWhole(path: string, { size }: Stats): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of readStream(path)) {
    length += chunk.length;
    yield chunk;
  }
  if (length === size) return;
  throw new AppError(
    'invalid_input',
    `${path} changed while it was read: it had ${size} bytes, and ${length} could be read. Try again when it is complete`,
  );
}

async function* readStream(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: chunkBytes });
  try {
    await once(stream, 'open');
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw explainReadError(error, path);
  } finally {
    stream.destroy();
  }
}

function explainReadError(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('invalid_input', `there is no file ${path}`, {}, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new AppError('invalid_input', `${path} may not be read by this user`, {}, { cause: error });
    case 'EISDIR':
      return isDirectory(path);
    case undefined:
      return error;
    default:
      return new AppError(
        'invalid_input',
        `${path} cannot be read: ${(error as Error).message}`,
        {},
        { cause: error },
      );
  }
}

const isDirectory = (path: string): AppError =>
  new AppError(
    'invalid_input',
    `${path} is a directory. If pg_dump made it (-Fd), write it as SQL: pg_restore -f dump.sql ${path}`,
  );
