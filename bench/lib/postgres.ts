import { join } from 'node:path';
import { type Db, openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/index.ts';
import { packageRoot } from '../../src/platform/settings.ts';
import type { Scratch } from './scratch.ts';

export interface BenchDatabase {
  readonly db: Db;
  /** As DATABASE_URL. */
  readonly url: string;
}

/** The PostgreSQL that comes with Slipway, set as Slipway sets it, migrated and open to the benchmark itself. */
export async function startPostgres(scratch: Scratch): Promise<BenchDatabase> {
  const server = await startEmbeddedPostgres({ dataDir: await scratch.directory() });
  scratch.onEnd(() => server.stop());
  const db = openDatabase(server.connection);
  scratch.onEnd(() => db.close());
  await migrate(db, join(packageRoot, 'migrations'));
  return { db, url: server.url };
}
