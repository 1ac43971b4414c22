import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecretKey } from './index.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-key-'));
  file = join(directory, 'secret-key');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** A process that loads the keys of fifty directories, each when two others are about to as well. */
const starter = `
  import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
  const [url, directory, name] = process.argv.slice(1);
  const { loadSecretKey } = await import(url);
  for (let round = 0; round < 50; round += 1) {
    const place = directory + '/' + round;
    mkdirSync(place + '/ready', { recursive: true });
    writeFileSync(place + '/ready/' + name, '');
    while (readdirSync(place + '/ready').length < 3);
    const key = await loadSecretKey({ environmentValue: undefined, file: place + '/secret-key' });
    console.log(key.toString('hex'));
  }
`;

const fromFile = () => loadSecretKey({ environmentValue: undefined, file });

describe('the key of the environment', () => {
  const bytes = randomBytes(32);

  it.each(['hex', 'base64', 'base64url'] as const)('may be %s', async (encoding) => {
    const key = await loadSecretKey({ environmentValue: ` ${bytes.toString(encoding)}\n`, file });
    expect(key.equals(bytes)).toBe(true);
    expect(await readdir(directory)).toEqual([]);
  });

  it.each<[string, string]>([
    ['', 'is set but empty'],
    ['hunter2', 'it has 7 characters'],
    [randomBytes(16).toString('hex'), 'it has 32 characters'],
    [randomBytes(33).toString('base64'), 'it has 44 characters'],
    [`${'a'.repeat(63)}!`, 'it has 64 characters'],
  ])('must be 32 bytes: %j', async (value, message) => {
    const attempt = loadSecretKey({ environmentValue: value, file });
    await expect(attempt).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(message),
    });
    await expect(attempt).rejects.toMatchObject({ message: expect.stringContaining('openssl rand -hex 32') });
    if (value !== '')
      await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining(value) });
  });
});

describe('the key file', () => {
  it('is made at the first start, for its owner alone, and read at the next', async () => {
    const key = await fromFile();
    expect(key).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await fromFile()).equals(key)).toBe(true);
    expect(await readdir(directory)).toEqual(['secret-key']);
  });

  it('is the same for all who start at once in one process', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, fromFile));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(directory)).toEqual(['secret-key']);
  });

  it('is the same for processes that start at once, fifty times', async () => {
    const url = new URL('./index.ts', import.meta.url).href;
    const start = (name: number) => {
      const args = ['--input-type=module', '-e', starter, url, directory, String(name)];
      return text(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }).stdout);
    };
    const outputs = await Promise.all([0, 1, 2].map(start));
    expect(outputs[0]?.trim().split('\n')).toHaveLength(50);
    expect(new Set(outputs).size).toBe(1);
  });

  it.each([0o640, 0o604, 0o660, 0o644, 0o601])('is refused when others may use it: %o', async (mode) => {
    await fromFile();
    await chmod(file, mode);
    await expect(fromFile()).rejects.toMatchObject({ message: expect.stringContaining(`chmod 600 ${file}`) });
  });

  it('may be written by hand, and may be read-only', async () => {
    const bytes = randomBytes(32);
    await writeFile(file, `${bytes.toString('hex')}\n`, { mode: 0o400 });
    expect((await fromFile()).equals(bytes)).toBe(true);
  });

  it.each(['', '\n', 'hunter2'])('is never replaced when it holds no key: %j', async (content) => {
    await writeFile(file, content, { mode: 0o600 });
    await expect(fromFile()).rejects.toMatchObject({
      message: expect.stringContaining('Restore it from a backup'),
    });
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('says what is in the way', async () => {
    await mkdir(file, { mode: 0o700 });
    await expect(fromFile()).rejects.toMatchObject({ message: expect.stringContaining('is not a file') });
    const missing = join(directory, 'missing', 'secret-key');
    await expect(loadSecretKey({ environmentValue: undefined, file: missing })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/cannot read or make the secret key .*missing.*ENOENT/),
    });
  });
});
