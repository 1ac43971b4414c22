import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError, systemCode } from '../../errors.ts';

const chunkSize = 128 * 1024;

/** Unpacks what gzip has packed. Throws `invalid_input` when it is cut off or damaged. */
export async function* gunzip(packed: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const unpacking = createGunzip({ chunkSize });
  // A failure on either side ends the loop below with that error.
  const feeding = pipeline(Readable.from(packed), unpacking).catch(() => {});
  try {
    for await (const chunk of unpacking) yield chunk as Buffer;
  } catch (error) {
    throw explain(error, name);
  } finally {
    unpacking.destroy();
    await feeding;
  }
}

function explain(error: unknown, name: string): unknown {
  const what = reasons[systemCode(error) ?? ''];
  if (what === undefined) return error;
  return new AppError('invalid_input', `${name} ${what}`, {}, { cause: error });
}

const reasons: Record<string, string> = {
  Z_BUF_ERROR: 'is cut off: its gzip data end too early. Copy or make it again',
  Z_DATA_ERROR: 'is damaged: its gzip data are not as they were written. Copy or make it again',
};
