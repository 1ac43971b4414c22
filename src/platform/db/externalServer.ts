import pg from 'pg';
import sql from 'sql-template-tag';
import { AppError, systemCode } from '../errors.ts';
import { explainConnectionError } from './connectionError.ts';
import type { Db } from './database.ts';

const example = 'postgresql://user:password@host:5432/database';

/** How to connect to the server of a URL, which `setting` holds. Throws `invalid_input` when it is no such URL. */
export function connectionFromUrl(databaseUrl: string, setting = 'DATABASE_URL'): pg.PoolConfig {
  // No part of what was given is repeated: a password may stand anywhere in it.
  if (!URL.canParse(databaseUrl))
    throw new AppError('invalid_input', `${setting} is not a URL like ${example}`);
  const { protocol, pathname } = new URL(databaseUrl);
  if (protocol !== 'postgresql:' && protocol !== 'postgres:') {
    throw new AppError('invalid_input', `${setting} must start with postgresql://, like ${example}`);
  }
  if (pathname.length < 2)
    throw new AppError('invalid_input', `${setting} names no database. Write it like ${example}`);
  assertParsable(databaseUrl, setting);
  return {
    connectionString: databaseUrl,
    application_name: 'slipway',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
}

/** That node-postgres can take it apart: it decodes names, and reads the certificates that the URL names. */
function assertParsable(connectionString: string, setting: string): void {
  try {
    new pg.Client({ connectionString });
  } catch (cause) {
    const code = systemCode(cause);
    if (!(cause instanceof URIError) && code === undefined) throw cause;
    const problem =
      code === undefined
        ? `${setting} encodes bytes by % that are no characters of UTF-8`
        : `a certificate or key that ${setting} names cannot be read (${code})`;
    throw new AppError('invalid_input', problem, {}, { cause });
  }
}

interface ServerFacts {
  version: string;
  versionNumber: number;
  encoding: string;
  standby: boolean;
  user: string;
  database: string;
  schema: string | null;
  mayCreate: boolean | null;
}

/**
 * Checks that the server can be reached and can carry Slipway: PostgreSQL 15 or later, UTF-8, writable, and
 * a user that may create tables. Throws `unavailable` with what to do.
 */
export async function assertSupportedServer(db: Db): Promise<void> {
  const facts = await readFacts(db).catch((error) => {
    throw explainConnectionError(error, db.pool.options);
  });
  const problem = findProblem(facts);
  if (problem !== undefined) throw new AppError('unavailable', problem, { ...facts });
}

function readFacts(db: Db): Promise<ServerFacts> {
  return db.one<ServerFacts>(sql`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int as "versionNumber",
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery() as standby,
      current_user as "user",
      current_database() as database,
      current_schema() as schema,
      has_schema_privilege(current_schema(), 'create') as "mayCreate"`);
}

/** What stands in the way of using this server, or undefined. */
export function findProblem(facts: ServerFacts): string | undefined {
  const { version, versionNumber, encoding, standby, user, database, schema, mayCreate } = facts;
  if (versionNumber < 150_000) {
    return `the server of DATABASE_URL is PostgreSQL ${version}; Slipway needs 15 or later. Upgrade it, or unset DATABASE_URL to use the PostgreSQL that comes with Slipway`;
  }
  if (encoding !== 'UTF8') {
    return `the database ${database} of DATABASE_URL has encoding ${encoding}; Slipway needs UTF8. Create one: create database slipway encoding 'UTF8' template template0`;
  }
  if (standby) return 'the server of DATABASE_URL is a read-only standby. Use the address of the primary';
  if (!mayCreate) {
    return `the user ${user} of DATABASE_URL may not create tables in the database ${database}. As its owner run: grant create on schema ${schema ?? 'public'} to "${user}"`;
  }
  return undefined;
}
