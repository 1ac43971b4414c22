import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { HOST = '127.0.0.1', PORT = '8080' } = process.env;
const pages = new URL('./pages/', import.meta.url);
const names = readdirSync(pages);
const release = readFileSync(new URL('./release.json', import.meta.url));

const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  if (path === '/health') return response.writeHead(200, { 'content-type': 'application/json' }).end(release);
  const name = path === '/' ? 'index.html' : path.slice(1);
  if (!names.includes(name)) return response.writeHead(404).end('There is no such page.\n');
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(new URL(name, pages)));
});

server.listen(Number(PORT), HOST, () => console.log(`handbook listens on ${HOST}:${PORT}`));

process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
