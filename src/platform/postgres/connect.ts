import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { systemCode } from '../errors.ts';
import { databaseUser } from './cluster.ts';

const database = 'slipway';

/** How to reach the embedded server behind the socket in this directory. */
export function connectionTo(socketDirectory: string): pg.ClientConfig & pg.PoolConfig {
  return { host: socketDirectory, port: 5432, user: databaseUser, database };
}

/** The same as a URL that node-postgres and libpq programs (psql, pg_dump) understand. */
export function urlOf(socketDirectory: string): string {
  return `postgresql://${databaseUser}@localhost/${database}?host=${encodeURIComponent(socketDirectory)}`;
}

/**
 * Waits until the server answers, and creates Slipway's database when it is missing. Answers the server's
 * version, or undefined once `givenUp` says that waiting makes no sense.
 */
export async function waitUntilReady(
  connection: pg.ClientConfig,
  givenUp: () => boolean,
): Promise<string | undefined> {
  while (!givenUp()) {
    const version = await tryToConnect(connection);
    if (version !== undefined) return version;
    await delay(10);
  }
  return undefined;
}

// Through the database `postgres`, which always exists.
async function tryToConnect(connection: pg.ClientConfig): Promise<string | undefined> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the query that it breaks reports it
  try {
    await client.connect();
    await createDatabaseIfMissing(client);
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version;
  } catch (error) {
    if (isNotYet(error)) return undefined;
    throw error;
  } finally {
    await client.end();
  }
}

async function createDatabaseIfMissing(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  if (rowCount === 1) return;
  try {
    await client.query(`create database ${database}`);
  } catch (error) {
    if (systemCode(error) !== '42P04') throw error; // duplicate_database: somebody else was faster
  }
}

// No socket, nobody behind it, closed at once; starting up or shutting down (cannot_connect_now, admin_shutdown).
const notYet = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', '57P01', '57P02'];

function isNotYet(error: unknown): boolean {
  if (notYet.includes(systemCode(error) ?? '')) return true;
  return error instanceof Error && error.message === 'Connection terminated unexpectedly';
}
