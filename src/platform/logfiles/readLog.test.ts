import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countNewlines } from './countNewlines.ts';
import { openLogWriter } from './logWriter.ts';
import { longestLineBytes, readLogLines } from './readLines.ts';
import { logSize, readLogRange } from './readRange.ts';
import { searchLog } from './searchLog.ts';
import { completeUtf8Length } from './utf8.ts';

let directory: string;
let big: string;
const bigLines = 400_000;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-log-'));
  big = join(directory, 'big');
  await writeBigLog(big);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('ranges', () => {
  test('answer the bytes asked for, fewer at the end, none behind it', async () => {
    const path = join(directory, 'range');
    writeFileSync(path, '0123456789');
    expect(await readLogRange(path, { offset: 3, limit: 4 })).toEqual({
      offset: 3,
      bytes: Buffer.from('3456'),
      size: 10,
    });
    expect((await readLogRange(path, { offset: 8, limit: 4 })).bytes.toString()).toBe('89');
    expect(await readLogRange(path, { offset: 50, limit: 4 })).toEqual({
      offset: 50,
      bytes: Buffer.alloc(0),
      size: 10,
    });
  });

  test('a log that does not exist is empty', async () => {
    const path = join(directory, 'none');
    expect(await readLogRange(path, { offset: 0, limit: 4 })).toEqual({
      offset: 0,
      bytes: Buffer.alloc(0),
      size: 0,
    });
    expect(await readLogLines(path, { from: 1, limit: 4 })).toEqual([]);
    expect(await logSize(path)).toBe(0);
    expect(await searchLog(path, 'x', { limit: 1 })).toEqual([]);
  });

  test('never load the whole log, whatever limit is asked for', async () => {
    expect((await readLogRange(big, { offset: 0, limit: 1e12 })).bytes.length).toBe(8 * 1024 * 1024);
  });
});

describe('lines', () => {
  test('are found anywhere in a big log', async () => {
    for (const number of [1, 2, 777, 123_456, bigLines - 1, bigLines]) {
      const [line] = await readLogLines(big, { from: number, limit: 1 });
      expect(line).toMatchObject({ number, text: lineText(number), time: timeOf(number) });
    }
    expect(await readLogLines(big, { from: bigLines + 1, limit: 5 })).toEqual([]);
  });

  test('come in pages', async () => {
    const page = await readLogLines(big, { from: 5000, limit: 1000 });
    expect(page.map((line) => line.number)).toEqual(Array.from({ length: 1000 }, (_, i) => 5000 + i));
  });

  test('that are very long are cut with a mark, and the next ones are found', async () => {
    const path = join(directory, 'long');
    const log = await openLogWriter(path);
    await log.write(Buffer.from('before\n'), new Date(1));
    for (let i = 0; i < 64; i += 1) await log.write(Buffer.alloc(1024 * 1024, 'é'), new Date(100 + i));
    await log.write(Buffer.from('\nafter\nunfinished'), new Date(1000));
    await log.close();
    const lines = await readLogLines(path, { from: 1, limit: 10 });
    expect(lines.map((line) => line.number)).toEqual([1, 2, 3, 4]);
    const rest = 64 * 1024 * 1024 - longestLineBytes;
    expect(lines[1]?.text).toBe(`${'é'.repeat(longestLineBytes / 2)} … (${rest} more bytes)`);
    expect(lines.slice(2).map((line) => [line.text, line.time])).toEqual([
      ['after', 1000],
      ['unfinished', 1000],
    ]);
  });

  test('are numbered the same whatever the writes looked like', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '\n', 'é') }), { maxLength: 30 }),
        async (writes) => {
          const path = join(directory, 'any');
          rmSync(path, { force: true });
          rmSync(`${path}.index`, { force: true });
          const log = await openLogWriter(path);
          for (const [i, text] of writes.entries()) {
            await log.write(Buffer.from(text), new Date(1000 + i * 7));
            if (i % 3 === 0) await log.flush();
          }
          await log.close();
          const text = writes.join('');
          const expected = text.split('\n');
          if (expected.at(-1) === '') expected.pop();
          for (const from of [1, 2, 5]) {
            const lines = await readLogLines(path, { from, limit: 100 });
            expect(lines.map((line) => line.text)).toEqual(expected.slice(from - 1));
            expect(lines.map((line) => line.number)).toEqual(expected.map((_, i) => i + 1).slice(from - 1));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('search', () => {
  test('answers line numbers, each once, also across the blocks it reads', async () => {
    expect(await searchLog(big, 'line 123456 ', { limit: 10 })).toEqual([123_456]);
    expect(await searchLog(big, 'line', { limit: 3 })).toEqual([1, 2, 3]);
    expect(await searchLog(big, 'nowhere', { limit: 3 })).toEqual([]);
    const text = readFileSync(big);
    const atBlockEnd = text.toString('utf8', 1024 * 1024 - 6, 1024 * 1024 + 6);
    const number = countNewlines(text.subarray(0, 1024 * 1024 - 6)) + 1;
    expect(await searchLog(big, atBlockEnd, { limit: 100_000 })).toContain(number);
  });

  test('stops when it is aborted', async () => {
    await expect(searchLog(big, 'x', { limit: 1, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

test('newlines are counted in any alignment', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat({ max: 7 }), (bytes, skip) => {
      const some = bytes.map((byte) => (byte < 90 ? 10 : byte)).subarray(Math.min(skip, bytes.length));
      expect(countNewlines(some)).toBe(some.filter((byte) => byte === 10).length);
    }),
  );
});

test('a character is never cut, and bytes that are none hold nothing back', () => {
  const text = Buffer.from('aé€😀');
  const lengths = Array.from({ length: text.length + 1 }, (_, i) => completeUtf8Length(text.subarray(0, i)));
  expect(lengths).toEqual([0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10]);
  expect(completeUtf8Length(Buffer.from([0x80, 0x80, 0x80, 0x80]))).toBe(4);
  expect(completeUtf8Length(Buffer.from([0xff]))).toBe(1);
  expect(completeUtf8Length(Buffer.from([0xc3, 0x41]))).toBe(2);
});

async function writeBigLog(path: string): Promise<void> {
  const log = await openLogWriter(path);
  for (let first = 1; first <= bigLines; first += 100) {
    const numbers = Array.from({ length: 100 }, (_, i) => first + i);
    await log.write(Buffer.from(`${numbers.map(lineText).join('\n')}\n`), new Date(timeOf(first)));
  }
  await log.close();
}

function lineText(number: number): string {
  return `line ${number} of a log that is as long as the log of a real build`;
}

function timeOf(number: number): number {
  return 1_000_000 + Math.floor((number - 1) / 100) * 20;
}
