import sql from 'sql-template-tag';
import type { Queryable } from '../database.ts';
import { ownSchema } from './ownSchema.ts';

/** One object cannot be made before another. Both by their labels: `table deploys`, `function notify_event()`. */
export interface Dependency {
  dependent: string;
  needed: string;
}

/**
 * What tables, sequences and functions need of each other: a default a sequence, a check or a computed column a
 * function, a function the row type of a table. Foreign keys, indexes and triggers come after all of them anyway.
 */
export function readDependencies(queryable: Queryable): Promise<Dependency[]> {
  return queryable.many<Dependency>(sql`
    with objects (classid, objid, label) as (
      select 'pg_class'::regclass, c.oid, case c.relkind when 'S' then 'sequence ' else 'table ' end || c.oid::regclass
        from pg_class c where c.relnamespace = ${ownSchema} and c.relkind in ('r', 'S')
      union all
      select 'pg_proc'::regclass, p.oid, 'function ' || p.oid::regprocedure
        from pg_proc p where p.pronamespace = ${ownSchema}
    ), parts (classid, objid, label) as (
      table objects
      union all
      select 'pg_attrdef'::regclass, e.oid, 'table ' || e.adrelid::regclass from pg_attrdef e
      union all
      select 'pg_constraint'::regclass, o.oid, 'table ' || o.conrelid::regclass
        from pg_constraint o where o.conrelid <> 0 and o.contype <> 'f'
    ), named (classid, objid, label) as (
      table objects
      union all
      select 'pg_type'::regclass, t.oid, o.label
        from pg_type t left join pg_type item on item.oid = t.typelem
        join objects o on o.objid = coalesce(nullif(t.typrelid, 0), item.typrelid) and o.classid = 'pg_class'::regclass
    )
    select distinct parts.label as dependent, named.label as needed
    from parts
    join pg_depend d on d.classid = parts.classid and d.objid = parts.objid and d.deptype = 'n'
    join named on d.refclassid = named.classid and d.refobjid = named.objid
    where parts.label <> named.label`);
}
