import type pg from 'pg';
import { knownMigrationsTables } from './migrationsTables.ts';

/** A table, view or sequence that no extension brought. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly isTable: boolean;
}

export type DatabaseState =
  | { readonly is: 'empty' }
  /** Migrations ran here, and the table `by` says which. */
  | { readonly is: 'migrated'; readonly by: Relation }
  | { readonly is: 'occupied'; readonly relations: readonly Relation[] };

/** What is in the database already. `migrationsTable`, as `[schema.]name`, replaces the names that are known. */
export async function readState(client: pg.Client, migrationsTable?: string): Promise<DatabaseState> {
  const { rows } = await client.query<Relation>(userRelations);
  return judgeRelations(rows, migrationsTable);
}

export function judgeRelations(relations: readonly Relation[], migrationsTable?: string): DatabaseState {
  if (relations.length === 0) return { is: 'empty' };
  const by = relations.find((relation) => relation.isTable && recordsMigrations(relation, migrationsTable));
  return by === undefined ? { is: 'occupied', relations } : { is: 'migrated', by };
}

function recordsMigrations({ schema, name }: Relation, migrationsTable: string | undefined): boolean {
  if (migrationsTable === undefined) return knownMigrationsTables.has(name);
  return migrationsTable === name || migrationsTable === `${schema}.${name}`;
}

const userRelations = `
  select n.nspname as schema, c.relname as name, c.relkind in ('r', 'p', 'f') as "isTable"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
    and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname !~ '^pg_(toast|temp)'
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    )
  order by n.nspname, c.relname`;
