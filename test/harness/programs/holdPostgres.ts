// Starts the embedded PostgreSQL on argv[2], prints `{"pid", "connection", …}` or `{"error"}` as a line, and
// stays until it is killed, or stops the server on SIGTERM. Ignores SIGINT, to be hit by one like a terminal's.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../src/platform/postgres/index.ts';

const dataDir = process.argv[2] ?? '';
process.on('SIGINT', () => {});
try {
  const server = await startEmbeddedPostgres({ dataDir });
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : undefined;
  process.on('SIGTERM', async () => {
    await server.stop();
    process.exit(0);
  });
  console.log(JSON.stringify({ pid, ...server }));
} catch (error) {
  console.log(JSON.stringify({ error: (error as Error).message }));
}
