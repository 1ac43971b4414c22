import sql, { type Sql } from 'sql-template-tag';
import type { Queryable } from '../database.ts';
import type { CatalogObject } from './catalogObject.ts';
import { ownSchema } from './ownSchema.ts';

/** Constraints, foreign keys, indexes, functions, triggers and comments. */
export async function readParts(queryable: Queryable): Promise<CatalogObject[]> {
  const objects: CatalogObject[] = [];
  for (const query of [constraints, indexes, functions, triggers, comments]) {
    objects.push(...(await queryable.many<CatalogObject>(query)));
  }
  return objects;
}

// Keys first, as people write them. Not-null constraints (PostgreSQL 18) are told with their columns.
const constraints = sql`
  select case o.contype when 'f' then 'foreign key' else 'constraint' end as kind, quote_ident(o.conname) as name,
    o.conrelid::regclass::text as "table", pg_get_constraintdef(o.oid) as definition
  from pg_constraint o
  join pg_class c on c.oid = o.conrelid
  where c.relnamespace = ${ownSchema} and c.relkind = 'r' and o.contype in ('p', 'u', 'x', 'c', 'f')
  order by c.relname, position(o.contype::text in 'puxcf'), o.conname`;

/** PostgreSQL names the schema of the table that an index or a trigger is on, search path or not. */
const withoutSchema = (definition: Sql) => sql`
  overlay(${definition} placing format(' ON %I ', c.relname)
    from position(format(' ON %s.%I ', ${ownSchema}, c.relname) in ${definition})
    for length(format(' ON %s.%I ', ${ownSchema}, c.relname)))`;

const indexes = sql`
  select 'index' as kind, i.indexrelid::regclass::text as name, null as "table",
    ${withoutSchema(sql`pg_get_indexdef(i.indexrelid)`)} as definition
  from pg_index i
  join pg_class c on c.oid = i.indrelid
  where c.relnamespace = ${ownSchema} and c.relkind = 'r' and not exists (
    select from pg_constraint o where o.conindid = i.indexrelid and o.contype in ('p', 'u', 'x'))
  order by i.indexrelid::regclass::text collate "C"`;

const functions = sql`
  select 'function' as kind, p.oid::regprocedure::text as name, null as "table",
    format('CREATE %s ', verb) || rtrim(substr(pg_get_functiondef(p.oid),
      length(format('CREATE OR REPLACE %s %s.', verb, ${ownSchema})) + 1), E'\\n') as definition
  from pg_proc p
  cross join lateral (select case p.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end) verbs (verb)
  where p.pronamespace = ${ownSchema} and p.prokind in ('f', 'p', 'w')
  order by p.oid::regprocedure::text collate "C"`;

const triggers = sql`
  select 'trigger' as kind, quote_ident(t.tgname) as name, c.oid::regclass::text as "table",
    ${withoutSchema(sql`pg_get_triggerdef(t.oid)`)} as definition
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = ${ownSchema} and c.relkind = 'r' and not t.tgisinternal
  order by c.relname, t.tgname`;

const comments = sql`
  select 'comment' as kind, about as name, null as "table", quote_literal(d.description) as definition
  from pg_description d
  cross join lateral (
    select case c.relkind when 'S' then 'sequence' when 'i' then 'index' else 'table' end || ' ' || c.oid::regclass
      from pg_class c where d.classoid = 'pg_class'::regclass and c.oid = d.objoid and d.objsubid = 0
        and c.relnamespace = ${ownSchema}
    union all
    select format('column %s.%I', a.attrelid::regclass, a.attname)
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where d.classoid = 'pg_class'::regclass and c.oid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0
        and c.relnamespace = ${ownSchema}
    union all
    select format('constraint %I on %s', o.conname, o.conrelid::regclass)
      from pg_constraint o where d.classoid = 'pg_constraint'::regclass and o.oid = d.objoid
        and o.connamespace = ${ownSchema} and o.contype in ('p', 'u', 'x', 'c', 'f')
    union all
    select format('trigger %I on %s', t.tgname, t.tgrelid::regclass)
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where d.classoid = 'pg_trigger'::regclass and t.oid = d.objoid and c.relnamespace = ${ownSchema}
    union all
    select case p.prokind when 'p' then 'procedure ' else 'function ' end || p.oid::regprocedure
      from pg_proc p where d.classoid = 'pg_proc'::regclass and p.oid = d.objoid and p.pronamespace = ${ownSchema}
  ) objects (about)
  order by about collate "C"`;
