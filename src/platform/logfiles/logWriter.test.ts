import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { indexPathOf } from './logIndex.ts';
import { appendLine, openLogWriter } from './logWriter.ts';
import { readLogLines } from './readLines.ts';

let directory: string;
let path: string;
let logs = 0;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-log-'));
});
beforeEach(() => {
  logs += 1;
  path = join(directory, `log-${logs}`);
});
afterAll(() => rmSync(directory, { recursive: true }));

test('keeps raw bytes, and the time and number of each line', async () => {
  const log = await openLogWriter(path);
  await log.write(Buffer.from('one\ntwo '), new Date(1000));
  await log.write(Buffer.from('two\n'), new Date(1500));
  await log.write(Buffer.from([0xff, 0x0a]), new Date(2000));
  await log.close();
  expect(readFileSync(path)).toEqual(Buffer.from('one\ntwo two\n\xff\n', 'latin1'));
  expect(await readLogLines(path, { from: 1, limit: 10 })).toEqual([
    { number: 1, offset: 0, time: 1000, text: 'one' },
    { number: 2, offset: 4, time: 1000, text: 'two two' },
    { number: 3, offset: 12, time: 2000, text: '\ufffd' },
  ]);
});

test("Slipway's own lines begin on a fresh line", async () => {
  const log = await openLogWriter(path);
  void log.line('first', new Date(1));
  void log.write(Buffer.from('50 %'), new Date(2));
  void log.line('cancelled', new Date(3));
  void log.line('last', new Date(4));
  await log.close();
  expect(readFileSync(path, 'utf8')).toBe('first\n50 %\ncancelled\nlast\n');
});

test('the index stays small and times never go back', async () => {
  const log = await openLogWriter(path);
  for (let i = 0; i < 1000; i += 1) await log.write(Buffer.from('x\n'), new Date(5000 - i / 1000));
  await log.flush();
  expect(statSync(indexPathOf(path)).size).toBe(16);
  await log.write(Buffer.from('y\n'), new Date(4000));
  await log.write(Buffer.from('z\n'), new Date(5010));
  await log.close();
  const times = (await readLogLines(path, { from: 1001, limit: 2 })).map((line) => line.time);
  expect(times).toEqual([5000, 5010]);
});

test('asks its caller to wait while the disk is behind', async () => {
  const log = await openLogWriter(path);
  const answers = Array.from({ length: 40 }, () => log.write(Buffer.alloc(64 * 1024, 'a'), new Date(1)));
  expect(answers[0]).toBeUndefined();
  expect(answers.at(-1)).toBeInstanceOf(Promise);
  await answers.at(-1);
  await log.close();
  expect(log.size).toBe(40 * 64 * 1024);
});

test('a writer after a crash continues truthfully, with a torn index entry and bytes without one', async () => {
  const first = await openLogWriter(path);
  await first.write(Buffer.from('one\ntwo\nthr'), new Date(1000));
  await first.close();
  appendFileSync(path, 'ee\nfour');
  appendFileSync(indexPathOf(path), Buffer.alloc(7, 0xee));
  const second = await openLogWriter(path);
  void second.line('resumed', new Date(9000));
  await second.close();
  expect(statSync(indexPathOf(path)).size).toBe(32);
  const lines = await readLogLines(path, { from: 3, limit: 10 });
  expect(lines.map(({ number, time, text }) => [number, time, text])).toEqual([
    [3, 1000, 'three'],
    [4, 1000, 'four'],
    [5, 9000, 'resumed'],
  ]);
});

test('a writer after a power cut drops index entries of bytes that never arrived', async () => {
  const first = await openLogWriter(path);
  await first.write(Buffer.from('one\n'), new Date(1000));
  await first.flush();
  await first.write(Buffer.from('two\n'), new Date(2000));
  await first.flush();
  await first.write(Buffer.from('three\n'), new Date(2500));
  await first.close();
  truncateSync(path, 2);
  const second = await openLogWriter(path);
  await second.write(Buffer.from('E\nnext\n'), new Date(3000));
  await second.close();
  expect(statSync(indexPathOf(path)).size).toBe(2 * 16);
  const lines = await readLogLines(path, { from: 1, limit: 10 });
  expect(lines.map(({ number, time, text }) => [number, time, text])).toEqual([
    [1, 1000, 'onE'],
    [2, 3000, 'next'],
  ]);
});

test('a full disk does not throw; the log says what is missing once there is space again', async () => {
  process.on('SIGXFSZ', ignore);
  const log = await openLogWriter(path);
  try {
    limitFileSize('10000');
    await log.write(Buffer.from(`${'a'.repeat(7999)}\n`), new Date(1000));
    await log.flush();
    expect(log.incomplete).toBeNull();
    // The last two wait together behind the first, so one batch ends in the middle of a piece.
    for (const [i, letter] of ['b', 'c', 'd'].entries()) {
      void log.write(Buffer.from(letter.repeat(1500)), new Date(2000 + i * 100));
    }
    await log.flush();
    expect(log.size).toBe(10_000);
    expect(log.incomplete).toContain('EFBIG');
    await log.write(Buffer.from('e'.repeat(100)), new Date(4000));
    await log.flush();
  } finally {
    limitFileSize('unlimited');
    process.off('SIGXFSZ', ignore);
  }
  await log.write(Buffer.from('space again\n'), new Date(5000));
  await log.close();
  const index = readFileSync(indexPathOf(path));
  const offsets = Array.from({ length: index.length / 16 }, (_, i) => index.readUIntBE(i * 16, 6));
  expect(offsets).toEqual(offsets.toSorted((x, y) => x - y));
  const lines = await readLogLines(path, { from: 1, limit: 10 });
  expect(lines.map(({ number, time, text }) => [number, time, text.slice(0, 54)])).toEqual([
    [1, 1000, 'a'.repeat(54)],
    [2, 2000, 'b'.repeat(54)],
    [3, 5000, '[slipway] 2600 bytes of output are missing here: EFBIG'],
    [4, 5000, 'space again'],
  ]);
});

test('says that no space is left on the disk', async () => {
  symlinkSync('/dev/full', path);
  const log = await openLogWriter(path);
  await log.write(Buffer.from('lost'), new Date(1));
  await log.close();
  expect(log.incomplete).toBe('no space left on the disk of the log, make room there (output was lost)');
});

test('a log that cannot be opened says which and what to check', async () => {
  await expect(openLogWriter('/dev/null/log')).rejects.toThrow(
    /cannot open the log \/dev\/null\/log.* \(EEXIST\): check that its directory is writable/,
  );
});

test('one line is appended to a log of a past writer, or to a new one in a new directory', async () => {
  path = join(directory, 'new', 'log');
  await appendLine(path, 'its runner vanished', new Date(1));
  await appendLine(path, 'failed', new Date(2));
  expect(readFileSync(path, 'utf8')).toBe('its runner vanished\nfailed\n');
});

function limitFileSize(softLimit: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${softLimit}:`]);
}

function ignore(): void {}
