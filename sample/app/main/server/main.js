import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { features } from './features.js';
import { health } from './health.js';
import { page } from './page.js';
import { release } from './release.js';

const { HOST = '127.0.0.1', PORT = '8080' } = process.env;
const web = new URL('../web/', import.meta.url);
const assets = JSON.parse(readFileSync(new URL('assets.json', web)));
const types = { css: 'text/css', svg: 'image/svg+xml' };

function answer(path, now) {
  if (path === '/') return { type: 'text/html', body: page(release, features, assets, now) };
  if (path === '/health') return json(health(release, now));
  const feature = features.find((candidate) => candidate.path === path);
  if (feature) return json({ body: feature.data(now) });
  const asset = Object.values(assets).find((name) => path === `/web/${name}`);
  if (asset) return { type: types[asset.split('.').pop()], body: readFileSync(new URL(asset, web)) };
  return json({ status: 404, body: { error: `there is no ${path}` } });
}

const json = ({ status = 200, body }) => ({ status, type: 'application/json', body: `${JSON.stringify(body)}\n` });

const server = createServer((request, response) => {
  if (!['GET', 'HEAD'].includes(request.method)) return response.writeHead(405).end();
  const { status = 200, type, body } = answer(request.url.split('?')[0], new Date());
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
});

server.listen(Number(PORT), HOST, () => {
  console.log(`harbor ${release.sha.slice(0, 8)} (${release.environment}) listens on ${HOST}:${PORT}`);
});

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), 500);
});
