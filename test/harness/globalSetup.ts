import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/index.ts';
import { withDatabase } from './connectionUrl.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    database: {
      /** Of a database on the test server in which others can be created. */
      adminUrl: string;
      /** Database with all migrations, to be cloned. */
      template: string;
      /** Prefix of the names of this run's databases. */
      prefix: string;
    };
  }
}

/**
 * One PostgreSQL for the whole run: a throw-away embedded one, or the server of TEST_DATABASE_URL (a user
 * that may create databases). Test files clone their databases from a template that is migrated here.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const prefix = `slipway_test_${randomBytes(4).toString('hex')}`;
  const teardown = async () => {
    await inAdminDatabase(server.adminUrl, (client) => dropDatabases(client, prefix));
    await server.stop();
  };
  try {
    const template = `${prefix}_template`;
    await inAdminDatabase(server.adminUrl, (client) => client.query(`create database ${template}`));
    await migrateTemplate(withDatabase(server.adminUrl, template));
    project.provide('database', { adminUrl: server.adminUrl, template, prefix });
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function startTestServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const external = process.env.TEST_DATABASE_URL;
  if (external) return { adminUrl: external, stop: async () => {} };
  const dataDir = await mkdtemp(join(await roomOfServer(), 'slipway-test-'));
  const removeDataDir = () => rm(dataDir, { recursive: true, force: true });
  try {
    // What a crash of the machine may lose is of no use to a test.
    const settings = {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: 300,
    };
    const server = await startEmbeddedPostgres({ dataDir, settings });
    return { adminUrl: server.url, stop: () => server.stop().then(removeDataDir) };
  } catch (error) {
    await removeDataDir();
    throw error;
  }
}

const memoryDisk = '/dev/shm';
const neededBytes = 4 * 1024 ** 3;

/** Memory where there is room: each clone of the template is some 300 files, and hundreds are made. */
async function roomOfServer(): Promise<string> {
  const { bavail, bsize } = await statfs(memoryDisk).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= neededBytes ? memoryDisk : tmpdir();
}

async function migrateTemplate(url: string): Promise<void> {
  const db = openDatabase({ connectionString: url });
  try {
    await migrate(db, join(import.meta.dirname, '../../migrations'));
  } finally {
    await db.close();
  }
}

async function dropDatabases(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
}

async function inAdminDatabase(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
