import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../platform/errors.ts';

/** The body of a request as text. Throws `payload_too_large`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes)
      throw new AppError('payload_too_large', `the request is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Writes the body of a request to a file; answers its size in bytes. */
export async function keepBody(request: IncomingMessage, file: string): Promise<number> {
  const to = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  // A disk that is full must not close the connection that has to say so.
  await pipeline(request.iterator({ destroyOnReturn: false }), to);
  return to.bytesWritten;
}
