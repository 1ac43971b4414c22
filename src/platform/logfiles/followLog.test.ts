import { appendFileSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { followLog } from './followLog.ts';
import { openLogWriter } from './logWriter.ts';

const never = new AbortController().signal;
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

test('gives what is there, what comes, and ends after the last byte', async () => {
  const log = await openLogWriter(path);
  await log.write(Buffer.from('one\ntwo\n'), new Date(1000));
  await log.flush();
  let finished = false;
  const chunks = followLog(path, { offset: 4, signal: never, isFinished: async () => finished });
  expect((await chunks.next()).value).toEqual({ offset: 4, bytes: Buffer.from('two\n'), time: 1000 });
  await log.write(Buffer.from('three'), new Date(2000));
  expect((await chunks.next()).value).toEqual({ offset: 8, bytes: Buffer.from('three'), time: 2000 });
  await log.write(Buffer.from('last'), new Date(3000));
  await log.close();
  finished = true;
  expect((await chunks.next()).value).toMatchObject({ offset: 13, bytes: Buffer.from('last') });
  expect((await chunks.next()).done).toBe(true);
});

test('shows a line while the writer is quiet, also in a log and a directory that did not exist yet', async () => {
  const chunks = followLog(path, { offset: 0, signal: never, isFinished: async () => false });
  const firstChunk = chunks.next();
  const log = await openLogWriter(path);
  await log.write(Buffer.from('hello\n'), new Date(1));
  expect((await firstChunk).value.bytes.toString()).toBe('hello\n');
  for (let i = 0; i < 15; i += 1) {
    const next = chunks.next();
    // A quiet log: the follower has looked, found nothing and waits.
    await delay(30);
    await log.write(Buffer.from(`${i}\n`), new Date(2 + i));
    expect((await next).value.bytes.toString()).toBe(`${i}\n`);
  }
  await chunks.return(undefined);
  await log.close();

  const deep = join(directory, 'later', 'log');
  const later = followLog(deep, { offset: 0, signal: never, isFinished: async () => false });
  const chunk = later.next();
  await mkdir(join(directory, 'later'));
  writeFileSync(deep, 'there');
  expect((await chunk).value).toEqual({ offset: 0, bytes: Buffer.from('there'), time: null });
  await later.return(undefined);
});

test('cuts at the end of a character; a half one waits for its rest or the end', async () => {
  writeFileSync(path, Buffer.from([0x61, 0xe2, 0x82]));
  let finished = false;
  const chunks = followLog(path, { offset: 0, signal: never, isFinished: async () => finished });
  expect((await chunks.next()).value.bytes.toString()).toBe('a');
  const rest = chunks.next();
  appendFileSync(path, Buffer.from([0xac, 0xff, 0xe2]));
  expect((await rest).value.bytes).toEqual(Buffer.from([0xe2, 0x82, 0xac, 0xff]));
  finished = true;
  expect((await chunks.next()).value.bytes).toEqual(Buffer.from([0xe2]));
  expect((await chunks.next()).done).toBe(true);
});

test('stops when it is aborted, also while it waits', async () => {
  const controller = new AbortController();
  const chunks = followLog(path, { offset: 0, signal: controller.signal, isFinished: async () => false });
  const next = chunks.next();
  controller.abort();
  expect((await next).done).toBe(true);
});

test('a hundred followers share one open file and see every byte', async () => {
  const log = await openLogWriter(path);
  let finished = false;
  const followers = Array.from({ length: 100 }, async () => {
    const parts: Buffer[] = [];
    for await (const chunk of followLog(path, {
      offset: 0,
      signal: never,
      isFinished: async () => finished,
    })) {
      parts.push(chunk.bytes);
    }
    return Buffer.concat(parts).toString();
  });
  const lines = Array.from({ length: 300 }, (_, i) => `line ${i}\n`);
  let mostOpen = 0;
  for (const [i, line] of lines.entries()) {
    await log.write(Buffer.from(line), new Date(i));
    await log.flush();
    mostOpen = Math.max(mostOpen, openDescriptorsOf(path));
  }
  await log.close();
  finished = true;
  expect(new Set(await Promise.all(followers))).toEqual(new Set([lines.join('')]));
  expect(mostOpen).toBeLessThanOrEqual(2);
  expect(openDescriptorsOf(path)).toBe(0);
});

test('a slow reader of a big log takes it chunk by chunk', async () => {
  writeFileSync(path, Buffer.alloc(3_000_000, 'x'));
  let total = 0;
  for await (const { bytes } of followLog(path, { offset: 0, signal: never, isFinished: async () => true })) {
    expect(bytes.length).toBeLessThanOrEqual(64 * 1024);
    total += bytes.length;
    await new Promise(setImmediate);
  }
  expect(total).toBe(3_000_000);
});

function openDescriptorsOf(file: string): number {
  const targets = readdirSync('/proc/self/fd').map(linkTarget);
  return targets.filter((target) => target === file).length;
}

function linkTarget(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}
