import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { systemCode } from '../errors.ts';
import { apiPrefix } from './router.ts';
import { noSuchPlace } from './server.ts';

/**
 * Serves the built web app of `directory`: its files for ever, since their names change with their content, and
 * its page at `/` and at every other address that a browser asks for a page of. What is wrong there, the app says.
 * Without a build the server works, and `/` says how to make one.
 */
export async function registerWebApp(server: FastifyInstance, directory: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    cacheControl: true,
    index: false,
    decorateReply: false,
    logLevel: 'silent',
  });
  server.get('/', (request, reply) => sendPage(request, reply, directory));
  server.get('/*', (request, reply) => {
    if (!asksForPage(request)) throw noSuchPlace(request);
    return sendPage(request, reply, directory);
  });
}

/** Whether a browser asks for this to show it: scripts, images and programs ask for something else. */
const asksForPage = (request: FastifyRequest): boolean =>
  !/^\/(api|assets)(\/|$|\?)/.test(request.url) && (request.headers.accept ?? '').includes('text/html');

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  directory: string,
): Promise<FastifyReply> {
  const page = await readPage(directory, request.url);
  const etag = `"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`;
  reply.header('cache-control', 'no-cache').header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(page);
}

/**
 * The page, with its addresses leading up to the root from where it is asked for. So it works below any path that
 * a proxy puts in front, and needs no <base>, which the content security policy forbids.
 */
async function readPage(directory: string, url: string): Promise<string> {
  const path = url.split('?')[0] ?? '/';
  const up = '../'.repeat(path.split('/').length - 2);
  try {
    const built = await readFile(join(directory, 'index.html'), 'utf8');
    return built.replaceAll('="./', `="./${up}`);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return notBuilt.replace('$API', `./${up}${apiPrefix.slice(1)}/docs`);
  }
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Slipway</title>
<h1>The web app is not built</h1>
<p>Run <code>bin/web</code> in the directory of Slipway, and load this page again.
<p>Everything else works: the <code>slipway</code> command, and the <a href="$API">API</a>.
</html>
`;
