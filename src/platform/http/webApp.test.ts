import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import { createServer } from './server.ts';
import { registerWebApp } from './webApp.ts';

const page = '<meta name="slipway-base" content="./"><script src="./assets/app-1a.js"></script>';
const script = 'console.log("ahoy");'.repeat(50);
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let directory: string;
let server: FastifyInstance;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-web-'));
  await mkdir(join(directory, 'built', 'assets'), { recursive: true });
  await writeFile(join(directory, 'built', 'index.html'), page);
  await writeFile(join(directory, 'built', 'assets', 'app-1a.js'), script);
  await writeFile(join(directory, 'built', 'assets', 'app-1a.js.br'), brotliCompressSync(script));
  server = await serverOf(join(directory, 'built'));
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

async function serverOf(built: string): Promise<FastifyInstance> {
  const created = await createServer(createLogger('test', 'silent'));
  created.get('/api/v1/known', async () => ({ known: true }));
  await registerWebApp(created, built);
  return created;
}

describe('the page', () => {
  it.each([
    ['/', './'],
    ['/deploys', './'],
    ['/deploys?app=harbor/../..', './'],
    ['/apps/harbor', './../'],
    ['/apps/harbor/staging/deploys/12', './../../../../'],
  ])('of %s leads up to the root by %s', async (url, up) => {
    const response = await server.inject({ url, headers: browser });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toBe(page.replaceAll('="./', `="${up}`));
  });

  it('is asked for again each time, and sent again only when it has changed', async () => {
    const first = await server.inject({ url: '/deploys', headers: browser });
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = { ...browser, 'if-none-match': String(first.headers.etag) };
    const second = await server.inject({ url: '/deploys', headers: again });
    expect([second.statusCode, second.body]).toEqual([304, '']);
    expect((await server.inject({ url: '/apps/harbor', headers: again })).statusCode).toBe(200);
  });

  it('may run nothing but the files of Slipway, and is framed by nobody', async () => {
    const { headers } = await server.inject({ url: '/', headers: browser });
    expect(headers['content-security-policy']).toMatch(/default-src 'none';.*script-src 'self';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  it('is no answer to programs, to the API, or to what is not a page', async () => {
    for (const [url, headers] of [
      ['/deploys', { accept: 'application/json' }],
      ['/deploys', {}],
      ['/api/v1/unknown', browser],
      ['/api', browser],
      ['/assets/missing.js', browser],
      ['/assets/..%2findex.html', browser],
    ] as const) {
      const response = await server.inject({ url, headers });
      expect([url, response.statusCode]).not.toEqual([url, 200]);
    }
    expect((await server.inject({ url: '/api/v1/unknown', headers: browser })).json()).toMatchObject({
      code: 'not_found',
      detail: 'there is no GET /api/v1/unknown; see /api/v1/docs',
    });
    expect((await server.inject({ method: 'POST', url: '/deploys', headers: browser })).statusCode).toBe(404);
    expect((await server.inject('/api/v1/known')).json()).toEqual({ known: true });
  });

  it('says how to build it when it is not built, and everything else works', async () => {
    const bare = await serverOf(join(directory, 'nothing'));
    const response = await bare.inject({ url: '/apps/harbor', headers: browser });
    expect(response.body).toContain('bin/web');
    expect(response.body).toContain('href="./../api/v1/docs"');
    expect((await bare.inject('/api/v1/known')).json()).toEqual({ known: true });
    expect((await bare.inject('/assets/app-1a.js')).statusCode).toBe(404);
    await bare.close();
  });
});

describe('its files', () => {
  it('may be kept for ever, and are sent as small as the browser understands', async () => {
    const url = '/assets/app-1a.js';
    const plain = await server.inject({ url });
    expect(plain.body).toBe(script);
    const small = await server.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect(small.headers['content-encoding']).toBe('br');
    expect(small.rawPayload).toEqual(brotliCompressSync(script));
    for (const { headers } of [plain, small]) {
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toContain('javascript');
    }
    expect(small.headers.vary).toContain('accept-encoding');
  });
});
