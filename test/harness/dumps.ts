import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import {
  type BootstrapOptions,
  type BootstrapResult,
  bootstrapDatabase,
  type DumpSource,
} from '../../src/platform/bootstrap/index.ts';
import { withDatabase } from './connectionUrl.ts';

const directory = join(import.meta.dirname, '../data/dumps');

/** A dump of `test/data/dumps`. Those called `pg15…` were made by pg_dump 15 of one database, the others by hand. */
export const readDump = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');

/** A dump that lies in memory, read in chunks of any size. */
export function memoryDump(text: string | Buffer, chunkBytes = 64 * 1024, name = 'dump.sql'): DumpSource {
  const bytes = Buffer.from(text);
  return {
    name,
    sizeBytes: bytes.length,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

/** Loads a dump into the database of a URL. */
export function load(
  url: string,
  dump: string | Buffer | DumpSource,
  options: Partial<BootstrapOptions> = {},
): Promise<BootstrapResult> {
  const schema = typeof dump === 'string' || Buffer.isBuffer(dump) ? memoryDump(dump) : dump;
  return bootstrapDatabase({
    connection: { connectionString: url },
    setting: 'DATABASE_URL',
    schema,
    ...options,
  });
}

/** A database of the test server that does not exist yet; dropped when the holder is disposed of. */
export function missingDatabase(prefix = ''): AsyncDisposable & { name: string; url: string } {
  const { adminUrl, prefix: runPrefix } = inject('database');
  const name = `${runPrefix}_${prefix}${randomBytes(6).toString('hex')}`;
  return {
    name,
    url: withDatabase(adminUrl, name),
    [Symbol.asyncDispose]: async () => {
      await query(adminUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    },
  };
}

/** Runs statements on a connection of their own; answers the rows of the last. */
export async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = (await client.query<Row>(text)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** How many things of each kind are in a database, without what extensions brought. */
export async function census(url: string): Promise<Record<string, number>> {
  const [row] = await query<Record<string, number>>(url, countEverything);
  return row ?? {};
}

const ours = "nspname !~ '^pg_|^information_schema$'";
const relations = (kinds: string) =>
  `(select count(*)::int from pg_class c join pg_namespace n on n.oid = relnamespace where ${ours} and relkind in (${kinds}))`;

const countEverything = `
  select ${relations("'r', 'p', 'f'")} as tables,
    ${relations("'v', 'm'")} as views,
    ${relations("'S'")} as sequences,
    ${relations("'i', 'I'")} as indexes,
    (select count(*)::int from pg_attribute a join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
      where ${ours} and attnum > 0 and not attisdropped and relkind in ('r', 'p', 'f', 'v', 'm')) as columns,
    (select count(*)::int from pg_constraint join pg_namespace n on n.oid = connamespace
      where ${ours} and contype <> 'n') as constraints,
    (select count(*)::int from pg_proc p join pg_namespace n on n.oid = pronamespace
      where ${ours} and not exists (select from pg_depend where objid = p.oid and deptype = 'e')) as functions,
    (select count(*)::int from pg_trigger where not tgisinternal) as triggers,
    (select count(*)::int from pg_event_trigger) as event_triggers,
    (select count(*)::int from pg_policy) as policies,
    (select count(*)::int from pg_rewrite join pg_class c on c.oid = ev_class join pg_namespace n on n.oid = relnamespace
      where ${ours}) as rules,
    (select count(*)::int from pg_type join pg_namespace n on n.oid = typnamespace
      where ${ours} and typtype in ('e', 'd', 'r', 'c')) as types,
    (select count(*)::int from pg_collation join pg_namespace n on n.oid = collnamespace where ${ours}) as collations,
    (select count(*)::int from pg_description where classoid = 'pg_class'::regclass and objoid >= 16384) as comments,
    (select count(*)::int from pg_largeobject_metadata) as large_objects,
    (select count(*)::int from pg_publication) as publications,
    (select count(*)::int from pg_statistic_ext) as statistics`;
