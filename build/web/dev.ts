import { createServer, type Plugin } from 'vite';
import { sharedConfig } from './viteConfig.ts';

/** `bin/dev [URL]`: the web app from its sources, reloading as they change, on the API of a running Slipway. */
const slipway = process.argv[2] ?? process.env.SLIPWAY_URL ?? 'http://127.0.0.1:7070';
const server = await createServer({
  ...sharedConfig,
  plugins: [...(sharedConfig.plugins ?? []), rootedPages()],
  server: { port: 5173, proxy: { '/api/v1': slipway, '/healthz': slipway } },
});
await server.listen();
process.stdout.write(`web: on the API of ${slipway}\n`);
server.printUrls();

/** Vite serves one page at every depth; the server of Slipway writes how far up its root is. */
function rootedPages(): Plugin {
  return {
    name: 'rooted-pages',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replaceAll('="./', '="/') },
  };
}
