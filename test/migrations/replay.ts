import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSchema } from '../../src/platform/db/catalog/index.ts';
import { type Db, openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { writeSnapshot } from '../../src/platform/db/snapshot/writeSnapshot.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/index.ts';

/** Runs every migration of `directory` on an empty database, and writes down what came of it. */
export async function replay(db: Db, directory: string): Promise<string> {
  const { applied } = await migrate(db, directory);
  return writeSnapshot(await describeSchema(db), applied.at(-1) ?? 'no migration');
}

/** Runs `work` on an empty database of a PostgreSQL that is thrown away afterwards. */
export async function withThrowAwayDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-schema-'));
  try {
    const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
    const db = openDatabase(server.connection);
    return await work(db).finally(() => db.close().finally(() => server.stop()));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
