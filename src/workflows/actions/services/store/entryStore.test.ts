import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEntryStore } from './entryStore.ts';

test('jobs that end take nothing from under those that begin', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-store-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const job = async (): Promise<void> => {
    for (let turn = 0; turn < 100; turn += 1) {
      const store = await openEntryStore(directory, { maxBytes: 1024 }, () => null);
      if (turn % 2 === 0) await (await store.begin({})).discard();
      await store.remove('nothing');
      await store.close();
    }
  };
  await Promise.all(Array.from({ length: 8 }, job));
  expect(await readdir(directory)).toEqual([]);
});
