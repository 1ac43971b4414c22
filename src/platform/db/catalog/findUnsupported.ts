import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Queryable } from '../database.ts';
import { ownSchema } from './ownSchema.ts';

/**
 * What somebody made in this database and the catalog here cannot describe, each by its name: a kind of object
 * (`view deploys_now`), an object outside of Slipway's schema, or a property (`table deploys: row security`).
 */
export async function findUnsupported(queryable: Queryable): Promise<string[]> {
  const found = [...(await findObjects(queryable)), ...(await findProperties(queryable))];
  return found.map(({ name }) => name).sort();
}

interface Found {
  name: string;
}

const firstIdOfUsers = 16_384;

/**
 * Asks every system catalog, those of newer servers included, what in it did not come with the server. Parts that
 * PostgreSQL makes itself (row types, indexes of constraints) depend on their whole internally and go with it.
 */
async function findObjects(queryable: Queryable): Promise<Found[]> {
  const catalogs = await queryable.many<Found>(sql`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'oid'
    where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and not c.relisshared
      and c.relname not in ('pg_enum', 'pg_largeobject_metadata')`);
  const objects = catalogs.map(
    ({ name }) =>
      sql`select ${name}::regclass::oid as classid, oid from ${raw(name)} where oid >= ${firstIdOfUsers}`,
  );
  return queryable.many<Found>(sql`
    select format('%s %s', i.type, i.identity) as name
    from (${join(objects, ' union all ')}) o
    cross join lateral pg_identify_object(o.classid, o.oid, 0) i
    where not exists (
        select from pg_depend d where d.classid = o.classid and d.objid = o.oid and d.deptype in ('i', 'e'))
      and i.schema is distinct from 'pg_toast'
      and not (i.type in ('table', 'sequence', 'index', 'function', 'procedure')
        and i.schema = ${ownSchema}::text
        or i.type in ('table constraint', 'default value', 'trigger')
        or o.classid = 'pg_namespace'::regclass and o.oid = ${ownSchema})
    union all
    select format('large object %s', oid) from pg_largeobject_metadata`);
}

/** Properties beyond what a definition tells. `to_jsonb` asks for columns that only newer servers have. */
async function findProperties(queryable: Queryable): Promise<Found[]> {
  const properties: Sql[] = [tables, columns, indexes, constraints, triggers, functions, schemaComment];
  return queryable.many<Found>(sql`select * from (${join(properties, ' union all ')}) properties (name)`);
}

const tables = sql`
  select format('%s %s: %s', case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass, p.what)
  from pg_class c
  left join pg_am m on m.oid = c.relam and c.relkind = 'r'
  cross join lateral (values
    (c.relkind = 'p', 'partitioned'),
    (exists (select from pg_inherits h where c.oid in (h.inhrelid, h.inhparent)), 'inheritance'),
    (c.relpersistence <> 'p', 'unlogged'),
    (c.relrowsecurity or c.relforcerowsecurity, 'row security'),
    (c.relkind <> 'S' and c.relreplident <> 'd', 'replica identity'),
    (c.reltablespace <> 0, 'tablespace'),
    (c.reloftype <> 0, 'of a type'),
    (c.relacl is not null, 'grants'),
    (m.amname <> 'heap', 'access method ' || m.amname),
    (exists (select from pg_class t where t.oid = c.reltoastrelid and t.reloptions is not null), 'options of its toast')
  ) p (present, what)
  where c.relnamespace = ${ownSchema} and c.relkind in ('r', 'p', 'S') and p.present`;

const columns = sql`
  select format('column %s.%I: %s', a.attrelid::regclass, a.attname, p.what)
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_type t on t.oid = a.atttypid
  cross join lateral (values
    (a.attgenerated not in ('', 's'), 'computed when it is read, which PostgreSQL 17 cannot'),
    (a.attacl is not null, 'grants'),
    (coalesce(a.attstattarget, -1) <> -1, 'statistics target'),
    (a.attoptions is not null, 'options'),
    (a.attcompression <> '', 'compression'),
    (a.attstorage <> t.typstorage and c.relkind = 'r', 'storage')
  ) p (present, what)
  where c.relnamespace = ${ownSchema} and c.relkind in ('r', 'i') and a.attnum > 0 and not a.attisdropped
    and p.present`;

const indexes = sql`
  select format('index %s: %s', i.indexrelid::regclass, p.what)
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  cross join lateral (values
    (not i.indisvalid, 'invalid'),
    (i.indisclustered, 'clustered on'),
    (i.indisreplident, 'replica identity'),
    (c.reltablespace <> 0, 'tablespace'),
    (c.reloptions is not null and exists (
      select from pg_constraint o where o.conindid = c.oid and o.contype in ('p', 'u', 'x')), 'options')
  ) p (present, what)
  where c.relnamespace = ${ownSchema} and p.present`;

const constraints = sql`
  select format('constraint %I on %s: %s', o.conname, o.conrelid::regclass, p.what)
  from pg_constraint o
  cross join lateral (values
    (o.contype = 'n' and not o.convalidated, 'a not null that is not valid, which PostgreSQL 17 cannot'),
    (o.contype = 'n' and o.connoinherit, 'no inherit'),
    (to_jsonb(o) ->> 'conenforced' = 'false', 'not enforced, which PostgreSQL 17 cannot'),
    (to_jsonb(o) ->> 'conperiod' = 'true', 'a period, which PostgreSQL 17 cannot')
  ) p (present, what)
  where o.connamespace = ${ownSchema} and p.present`;

const triggers = sql`
  select format('trigger %I on %s: not enabled as usual', t.tgname, t.tgrelid::regclass)
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = ${ownSchema} and t.tgenabled <> 'O'`;

const functions = sql`
  select format('function %s: grants', p.oid::regprocedure)
  from pg_proc p
  where p.pronamespace = ${ownSchema} and p.proacl is not null`;

const schemaComment = sql`
  select format('comment on schema %s', ${ownSchema})
  from pg_description d
  where d.classoid = 'pg_namespace'::regclass and d.objoid = ${ownSchema}
    and d.description <> 'standard public schema'`;
