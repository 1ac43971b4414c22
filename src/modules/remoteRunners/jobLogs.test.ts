import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readLogLines } from '../../platform/logfiles/index.ts';
import { createJobLogs } from './jobLogs.ts';

let directory: string;
let jobs = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-job-logs-'));
});
afterAll(() => rm(directory, { recursive: true }));

const [first, second] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const piece = (text: string, time: number) => ({ bytes: Buffer.from(text), time });

function open(root = directory) {
  jobs += 1;
  const path = join(root, `job-${jobs}`);
  const logs = createJobLogs(
    () => path,
    () => new Date(9000),
  );
  onTestFinished(() => logs.close());
  return { logs, path, lease: { id: jobs, token: first } };
}

test('chunks that are repeated, overlap or come too early leave each byte once, in its order', async () => {
  const { logs, path, lease } = open();
  expect(await logs.size(lease)).toBe(0);
  expect(await logs.append(lease, 0, [piece('one\n', 1000), piece('two\n', 2000)])).toBe(8);
  expect(await logs.append(lease, 0, [piece('one\n', 1000), piece('two\n', 2000)])).toBe(8);
  await expect(logs.append(lease, 12, [piece('four\n', 4000)])).rejects.toMatchObject({
    code: 'conflict',
    details: { size: 8 },
  });
  const both = [
    logs.append(lease, 4, [piece('two\nthree\n', 3000)]),
    logs.append(lease, 8, [piece('three\n', 3000)]),
  ];
  expect(await Promise.all(both)).toEqual([14, 14]);
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
  const lines = await readLogLines(path, { from: 1, limit: 10 });
  expect(lines.map(({ text, time }) => [text, time])).toEqual([
    ['one', 1000],
    ['two', 2000],
    ['three', 3000],
  ]);
});

test('a runner that takes a job over goes on behind what the one before it wrote, on a line of its own', async () => {
  const { logs, path, lease } = open();
  await logs.append(lease, await logs.size(lease), [piece('half a li', 1000)]);
  const later = { ...lease, token: second };
  const base = await logs.size(later);
  expect(base).toBe(10);
  expect(await logs.size(later)).toBe(10);
  await logs.append(later, base, [piece('again\n', 2000)]);
  expect(await readFile(path, 'utf8')).toBe('half a li\nagain\n');
});

test('a full disk takes a chunk wholly or not at all, and the rest when there is space again', async () => {
  const small = join(directory, 'small');
  await mkdir(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'ignore' });
  } catch {
    // Only root may mount; elsewhere nothing can be said.
    return;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', small]));
  const { logs, path, lease } = open(small);
  await logs.append(lease, 0, [piece('before\n', 1000)]);
  await writeFile(join(small, 'filler'), Buffer.alloc(48 * 1024));
  const text = `${'x'.repeat(30_000)}\n`;
  await expect(logs.append(lease, 7, [piece(text, 2000)])).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('no space left'),
  });
  expect(await logs.size(lease)).toBe(7);
  await rm(join(small, 'filler'));
  expect(await logs.append(lease, 7, [piece(text, 2000)])).toBe(7 + text.length);
  expect(await readFile(path, 'utf8')).toBe(`before\n${text}`);
});
