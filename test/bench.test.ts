import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, '../bench/main.ts');
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

test('every benchmark can be named, and a name that is none is told', async () => {
  const { stdout } = await bench('--list');
  const names = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(names).toEqual(expect.arrayContaining(['first-command', 'changes', 'log', 'start', 'memory']));
  expect(new Set(names).size).toBe(names.length);
  await expect(bench('no-such-thing')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`there is no benchmark no-such-thing; there is ${names.join(', ')}`),
  });
});
