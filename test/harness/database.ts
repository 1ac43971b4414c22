import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDatabase } from '../../src/platform/db/database.ts';
import { withDatabase } from './connectionUrl.ts';

/** A database of one test file's own, with all migrations and nothing in it. */
export interface TestDatabase extends AsyncDisposable {
  db: Db;
  /** To open further connections, as `openDatabase(connection)`. */
  connection: pg.PoolConfig;
  /** For a process that is told its database by DATABASE_URL. */
  url: string;
  /** Closes `db`, ends whatever else is connected and drops the database. */
  drop(): Promise<void>;
}

/** Clones the migrated template. Use it in `beforeAll` and call `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { template } = inject('database');
  // What is copied as files need not be logged first.
  return createDatabase(`template ${template} strategy file_copy`);
}

/** A database without any table, for tests of migrations. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  return createDatabase('template template0');
}

async function createDatabase(options: string): Promise<TestDatabase> {
  const { adminUrl, prefix } = inject('database');
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await administer(adminUrl, `create database ${name} ${options}`);
  const url = withDatabase(adminUrl, name);
  const connection = { connectionString: url };
  const db = openDatabase(connection);
  const drop = async () => {
    await db.close();
    await administer(adminUrl, `drop database if exists ${name} with (force)`);
  };
  return { db, connection, url, drop, [Symbol.asyncDispose]: drop };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
