import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBeginnings } from './findBeginnings.ts';
import { openLogWriter } from './logWriter.ts';
import { readLogExtent } from './readExtent.ts';

const never = new AbortController().signal;
let directory: string;
let logs = 0;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-log-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const newPath = () => {
  logs += 1;
  return join(directory, `log-${logs}`);
};

/** With its index, an entry every few pieces. */
async function writeLog(pieces: readonly string[]): Promise<string> {
  const path = newPath();
  const log = await openLogWriter(path);
  for (const [index, piece] of pieces.entries())
    await log.write(Buffer.from(piece), new Date(1000 + index * 5));
  await log.close();
  return path;
}

test('the extent of a log is where its last line begins, however the pieces fell', async () => {
  const piece = fc.oneof(fc.constantFrom('\n', '\n\n', 'text', 'a\nb'), fc.string({ maxLength: 5 }));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const text = Buffer.from(pieces.join(''));
      const lines = text.filter((byte) => byte === 10).length;
      const expected = { lines, offset: text.lastIndexOf(10) + 1, size: text.length };
      expect(await readLogExtent(await writeLog(pieces))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('the extent of a log without an index, with a line of megabytes, and of none', async () => {
  const path = newPath();
  expect(await readLogExtent(path)).toEqual({ lines: 0, offset: 0, size: 0 });
  writeFileSync(path, `one\ntwo\n${'x'.repeat(3_000_000)}`);
  expect(await readLogExtent(path)).toEqual({ lines: 2, offset: 8, size: 3_000_008 });
  const long = await writeLog(['one\n', ...Array.from({ length: 12 }, () => 'x'.repeat(100_000))]);
  expect(await readLogExtent(long)).toEqual({ lines: 1, offset: 4, size: 1_200_004 });
});

test('beginnings of lines are found in their order, each behind the one before', async () => {
  const path = await writeLog(['one\n', 'two one\n', 'two\n', 'one\n', 'three']);
  expect(await findBeginnings(path, ['one', 'two', 'one', 'three'], never)).toEqual([1, 2, 4, 5]);
  expect(await findBeginnings(path, ['two', 'two', 'two'], never)).toEqual([2, 3, undefined]);
  expect(await findBeginnings(path, ['four', 'one'], never)).toEqual([undefined, undefined]);
  expect(await findBeginnings(path, [], never)).toEqual([]);
  expect(await findBeginnings(newPath(), ['one'], never)).toEqual([undefined]);
});

test('beginnings are found over the borders of what is read at once', async () => {
  const mega = 1024 * 1024;
  for (const shift of [-9, -8, -4, -1, 0, 1]) {
    const path = newPath();
    const before = `${'x'.repeat(99)}\n`.repeat(Math.ceil(mega / 100)).slice(0, mega + shift - 1);
    const lines = before.split('\n').length;
    writeFileSync(path, `${before}\n▸ mark\nand more\n`);
    expect(await findBeginnings(path, ['▸ mark', 'and'], never)).toEqual([lines + 1, lines + 2]);
  }
});

test('looking ends when it is aborted', async () => {
  const path = await writeLog(['one\n']);
  await expect(findBeginnings(path, ['two'], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
