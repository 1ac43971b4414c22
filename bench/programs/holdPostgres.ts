import { startEmbeddedPostgres } from '../../src/platform/postgres/index.ts';

// The PostgreSQL that comes with Slipway and nothing else, on the directory argv[2]. Says when it answers.
const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
process.once('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});
process.stdout.write('ready\n');
