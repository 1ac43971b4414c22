import sql, { join, raw, type Sql } from 'sql-template-tag';
import { AppError } from '../../errors.ts';
import type { Queryable } from '../database.ts';
import type { CatalogObject } from './catalogObject.ts';
import { ownSchema } from './ownSchema.ts';

interface FilledTable {
  name: string;
  /** Columns to write: those that are not computed, without the time at which a migration ran. */
  columns: string[];
  key: string[];
  hasIdentity: boolean;
}

/** Every row, as `migrations` leave them in an empty database, and how far the sequences have come. */
export async function readRows(queryable: Queryable): Promise<CatalogObject[]> {
  const objects: CatalogObject[] = [];
  for (const table of await readFilledTables(queryable)) {
    objects.push(...(await readRowsOf(queryable, table)));
  }
  return [...objects, ...(await readSequenceValues(queryable))];
}

async function readFilledTables(queryable: Queryable): Promise<FilledTable[]> {
  const tables = await queryable.many<FilledTable>(sql`
    select c.oid::regclass::text as name,
      array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = ''
        and not (c.relname = 'schema_migrations' and a.attname = 'applied_at')) as columns,
      coalesce(array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attnum = any (i.indkey)), '{}') as key,
      bool_or(a.attidentity <> '') as "hasIdentity"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = ${ownSchema} and c.relkind = 'r'
    group by c.oid, c.relname
    order by c.relname`);
  const filled: FilledTable[] = [];
  for (const table of tables) {
    if (await queryable.maybe(sql`select from ${raw(table.name)} limit 1`)) filled.push(table);
  }
  return filled;
}

async function readRowsOf(queryable: Queryable, table: FilledTable): Promise<CatalogObject[]> {
  const { name, columns, key, hasIdentity } = table;
  if (key.length === 0) {
    const message = `table ${name} has rows but no primary key, so they cannot be told apart. Give it one`;
    throw new AppError('conflict', message);
  }
  const into = `(${columns.join(', ')})${hasIdentity ? ' overriding system value' : ''} values `;
  return queryable.many<CatalogObject>(sql`
    select 'row' as kind, ${name} as "table", ${`(${key.join(', ')}) = `} || ${literals(key)} as name,
      ${into} || ${literals(columns)} as definition
    from ${raw(name)} order by ${join(key.map((column) => raw(column)))}`);
}

/** `('1', NULL)`: the values of these columns. */
function literals(columns: string[]): Sql {
  const values = columns.map((column) => raw(`quote_nullable(${column}::text)`));
  return sql`'(' || concat_ws(', ', ${join(values)}) || ')'`;
}

async function readSequenceValues(queryable: Queryable): Promise<CatalogObject[]> {
  const names = await queryable.many<{ name: string; start: string }>(sql`
    select c.oid::regclass::text as name, s.seqstart::text as start
    from pg_sequence s join pg_class c on c.oid = s.seqrelid
    where c.relnamespace = ${ownSchema} order by c.relname`);
  const objects: CatalogObject[] = [];
  for (const { name, start } of names) {
    const state = await queryable.one<{ definition: string }>(
      sql`select last_value || ', ' || is_called as definition from ${raw(name)}`,
    );
    if (state.definition === `${start}, false`) continue;
    objects.push({ kind: 'sequence value', name, table: null, ...state });
  }
  return objects;
}
