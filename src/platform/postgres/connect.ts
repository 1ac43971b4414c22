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

async function tryToConnect(connection: pg.ClientConfig): Promise<string | undefined> {
  try {
    return await ask(connection, 'show server_version');
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === missingDatabase) {
      await createDatabase(connection);
    } else if (!notYet.includes(code) && (error as Error).message !== 'Connection terminated unexpectedly') {
      throw error;
    }
    return undefined;
  }
}

const missingDatabase = '3D000';
// No socket, nobody behind it, closed at once; starting up or shutting down (cannot_connect_now, admin_shutdown).
const notYet = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', '57P01', '57P02'];

async function createDatabase(connection: pg.ClientConfig): Promise<void> {
  try {
    await ask({ ...connection, database: 'postgres' }, `create database ${database}`);
  } catch (error) {
    if (systemCode(error) !== '42P04') throw error; // duplicate_database: somebody else was faster
  }
}

async function ask(connection: pg.ClientConfig, query: string): Promise<string> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // the query that it breaks reports it
  try {
    await client.connect();
    const { rows } = await client.query({ text: query, rowMode: 'array' });
    return String(rows[0]?.[0]);
  } finally {
    await client.end();
  }
}
