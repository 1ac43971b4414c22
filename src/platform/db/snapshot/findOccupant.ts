import sql from 'sql-template-tag';
import type { Tx } from '../database.ts';

/** Whose tables are in the database: Slipway's, somebody else's (told in words), or nobody's. */
export type Occupant = 'slipway' | { problem: string } | undefined;

/**
 * Looks at who has made tables. In a schema of its own (`search_path`) Slipway minds that schema only; in `public`
 * it wants the database for itself.
 */
export async function findOccupant(tx: Tx): Promise<Occupant> {
  const { database, columns } = await readHistoryTable(tx);
  if (columns === ownColumns) return 'slipway';
  if (columns !== null) return { problem: foreignHistory(database, columns) };
  const tables = await readTableNames(tx);
  return tables.length === 0 ? undefined : { problem: foreignTables(database, tables) };
}

// As `ensureHistory` and the snapshot make it.
const ownColumns = 'version integer, name text, checksum text, applied_at timestamp with time zone';

function readHistoryTable(tx: Tx): Promise<{ database: string; columns: string | null }> {
  return tx.one(sql`
    select current_database() as database, (
      select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = current_schema()::regnamespace and c.relname = 'schema_migrations'
    ) as columns`);
}

/** Tables, views and sequences, except what an extension brought along. */
async function readTableNames(tx: Tx): Promise<string[]> {
  const tables = await tx.many<{ name: string }>(sql`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and (n.nspname = current_schema() or current_schema() = 'public')
      and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relkind = 'S', name`);
  return tables.map(({ name }) => name);
}

const elsewhere =
  'Name an empty database in DATABASE_URL; or give Slipway a schema of its own in this one: create schema slipway, and add ?options=-c%20search_path%3Dslipway to DATABASE_URL';

function foreignHistory(database: string, columns: string): string {
  return `the table schema_migrations in the database ${database} belongs to another program: its columns are (${columns}). Nothing was changed. ${elsewhere}`;
}

function foreignTables(database: string, tables: string[]): string {
  const named = tables.slice(0, 3).join(', ');
  const rest = tables.length > 3 ? ` and ${tables.length - 3} more` : '';
  return `the database ${database} is not empty, and what is in it (${named}${rest}) is not Slipway's. Nothing was changed. ${elsewhere}`;
}
