import type { Writable } from 'node:stream';

/**
 * Resolves when the reader of each stream has taken what was written, or is gone. A pipe holds 64 KiB: what is behind
 * them is lost when the process exits before, and nobody is told.
 */
export async function flush(...streams: readonly Writable[]): Promise<void> {
  await Promise.all(streams.map(flushOne));
}

const flushOne = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
