import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { AppError } from '../../platform/errors.ts';
import { readConfigurationFile, referenceValues } from './index.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-files-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const at = (name: string) => join(directory, name);

async function refusal(path: string): Promise<string> {
  try {
    await readConfigurationFile(path);
    return '';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code}: ${error.message.replaceAll(directory, '')}`;
  }
}

/** Runs a shell loop over the path in `$1` until the reader has said what is expected. */
async function whileRunning(script: string, path: string, expected: string): Promise<void> {
  const child = spawn('/bin/sh', ['-c', script, 'sh', path], { stdio: 'ignore', detached: true });
  try {
    await vi.waitUntil(async () => (await refusal(path)) === expected, { timeout: 60_000, interval: 1 });
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }
}

it('reads a file', async () => {
  await writeFile(at('a.yml'), '\uFEFFteams: ü\n');
  expect(await readConfigurationFile(at('a.yml'))).toBe('\uFEFFteams: ü\n');
});

it('refuses what is no file that can be read, each in its own words', async () => {
  await mkdir(at('directory'));
  await writeFile(at('latin1.yml'), Buffer.from('a: 1\nbä: 2', 'latin1'));
  await writeFile(at('large.yml'), '');
  await truncate(at('large.yml'), 50_000_000);
  expect(await refusal(at('none.yml'))).toBe('not_found: there is no file /none.yml');
  expect(await refusal(at('a.yml/b'))).toBe('not_found: there is no file /a.yml/b');
  expect(await refusal(at('directory'))).toBe(
    'invalid_input: /directory is a directory; name the file in it',
  );
  expect(await refusal('/dev/null')).toBe(
    'invalid_input: /dev/null is no regular file; name one, or copy it into one',
  );
  expect(await refusal(at('latin1.yml'))).toBe(
    'invalid_input: /latin1.yml:2:2 the file is not UTF-8 from here on; save it as UTF-8',
  );
  expect(await refusal(at('large.yml'))).toBe(
    'payload_too_large: the file /large.yml has 50000000 bytes; at most 16777216 are read',
  );
});

it.skipIf(process.getuid?.() === 0)('refuses what this user may not read', async () => {
  await writeFile(at('closed.yml'), 'a');
  await chmod(at('closed.yml'), 0);
  expect(await refusal(at('closed.yml'))).toBe(
    'forbidden: the file /closed.yml may not be read by this user',
  );
});

it('refuses a file that grows while it is read', async () => {
  await writeFile(at('growing.yml'), '# a\n');
  await whileRunning(
    'while :; do echo "# a" >> "$1"; done',
    at('growing.yml'),
    'conflict: the file /growing.yml changed while it was read; try again when it is complete',
  );
});

it('refuses a file that is replaced while it is read', async () => {
  await writeFile(at('replaced.yml'), '# a\n');
  await whileRunning(
    'while :; do echo "# a" > "$1.new"; mv "$1.new" "$1"; done',
    at('replaced.yml'),
    'conflict: the file /replaced.yml changed while it was read; try again when it is complete',
  );
});

it('refuses a file that vanishes while it is read', async () => {
  await writeFile(at('vanishing.yml'), '# a\n');
  await whileRunning(
    'while :; do echo "# a" > "$1"; rm "$1"; done',
    at('vanishing.yml'),
    'conflict: the file /vanishing.yml vanished while it was read',
  );
});

it('finds what references stand for, and leaves out what they do not', async () => {
  await writeFile(at('secret'), 'from a file\r\n');
  await writeFile(at('binary'), Buffer.from([0xff, 0xfe]));
  const references = [
    'FOUND',
    'MISSING',
    `file:${at('secret')}`,
    `file:${at('none')}`,
    `file:${at('binary')}`,
    `file:${directory}`,
    'file:/dev/zero',
  ];
  const text = `# \${COMMENT}\nteams:\n${references.map((name) => `- name: "\${${name}}"`).join('\n')}\n`;
  const environment = { FOUND: 'from the environment', COMMENT: 'not this' };
  expect(await referenceValues(text, environment)).toEqual({
    '${FOUND}': 'from the environment',
    [`\${file:${at('secret')}}`]: 'from a file',
  });
});
