import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/platform/settings.ts';
import { eventually } from '../harness/ship.ts';

let directory: string;
let output: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-build-'));
  output = join(directory, 'web');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function startBuild() {
  const main = join(packageRoot, 'build', 'web', 'main.ts');
  const child = spawn(process.execPath, [main, output], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, printed })) };
}
const build = () => startBuild().ended;
const builtFiles = async () => (await readdir(join(output, 'assets'))).sort();

describe('building the web app', () => {
  it('makes a page that needs nothing inline and nothing from elsewhere', async () => {
    expect(await build()).toEqual({ code: 0, printed: 'web: building the web app\n' });
    const page = await readFile(join(output, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|https?:/);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(address).toMatch(/^\.\/assets\/[\w-]+-[\w-]{8}\.\w+$/);
    }
  });

  it('says and does nothing when nothing has changed', async () => {
    const before = await builtFiles();
    expect(await build()).toEqual({ code: 0, printed: '' });
    expect(await builtFiles()).toEqual(before);
  });

  it('compresses what is text, and loses nothing by it', async () => {
    const files = await builtFiles();
    const scripts = files.filter((name) => /\.(js|css)$/.test(name));
    expect(scripts.length).toBeGreaterThan(2);
    for (const name of scripts) {
      const path = join(output, 'assets', name);
      const plain = await readFile(path);
      expect(gunzipSync(await readFile(`${path}.gz`)).equals(plain), name).toBe(true);
      expect(brotliDecompressSync(await readFile(`${path}.br`)).equals(plain), name).toBe(true);
    }
    expect(files.filter((name) => /\.woff2\.(br|gz)$/.test(name))).toEqual([]);
  });

  it('carries no schemas, and none of what only the server may know', async () => {
    const scripts = (await builtFiles()).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(scripts.map((name) => readFile(join(output, 'assets', name), 'utf8')));
    const all = texts.join('\n');
    const found = ['ZodError', 'from"node:', packageRoot].filter((text) => all.includes(text));
    expect(found).toEqual([]);
    expect(all.includes('/apps/{app}/environments/{environment}')).toBe(true);
  });

  it('leaves the app that was when it is killed in the middle', async () => {
    const before = await readFile(join(output, 'index.html'), 'utf8');
    await writeFile(join(output, '.built'), 'of other sources');
    const { child, ended } = startBuild();
    await eventually('it has begun', async () => (await readdir(directory)).length > 1);
    child.kill('SIGKILL');
    await ended;
    expect(await readFile(join(output, 'index.html'), 'utf8')).toBe(before);
    expect((await build()).code).toBe(0);
    expect(await build()).toEqual({ code: 0, printed: '' });
  });
});
