import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What to undo when a benchmark ends, in the opposite order; all of it, even when something fails. */
export class Scratch {
  readonly #undo: (() => Promise<unknown>)[] = [];

  /** A new directory that is removed at the end. */
  async directory(parent = tmpdir()): Promise<string> {
    const path = await mkdtemp(join(parent, 'slipway-bench-'));
    this.onEnd(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
    return path;
  }

  onEnd(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  async end(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse())
      await undo().catch((error: unknown) => console.error('cleaning up after the benchmark failed:', error));
  }
}

/** Runs a benchmark that leaves nothing behind. */
export async function withScratch<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const scratch = new Scratch();
  try {
    return await work(scratch);
  } finally {
    await scratch.end();
  }
}
