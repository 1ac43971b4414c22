import { createServer } from 'node:http';
import type { Occupation, ServicePlace } from './service.ts';

/** Holds the port of an environment to which nothing was deployed yet, and says how that is changed. */
export function openEmptyBerth({ app, environment, address, port }: ServicePlace): Occupation {
  const server = createServer((request, response) => {
    const isPage = request.url === '/';
    response.writeHead(isPage ? 200 : 503, { 'content-type': 'text/html; charset=utf-8' });
    response.end(isPage ? page(app, environment) : `nothing is deployed to ${environment} yet\n`);
  });
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('close', () => resolve('closed'));
  });
  server.listen(port, address);
  return {
    release: null,
    ended,
    end: async () => {
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

const page = (app: string, environment: string) => `<!doctype html>
<meta charset="utf-8">
<title>${app} · ${environment}</title>
<body style="font: 1.2rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto; padding: 0 1rem; color: #12343b; background: #faf6ee">
<h1>Nothing is here yet</h1>
<p>No release of ${app} was deployed to ${environment}. Ship the first one:
<pre>bin/slipway deploy ${app} ${environment} --follow</pre>
`;
