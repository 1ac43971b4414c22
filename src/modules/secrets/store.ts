import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

export function selectSecretNames(db: Queryable) {
  return db.many<{ name: string; updated_at: Date; updated_by: string }>(sql`
    select name, updated_at, updated_by from secrets order by name`);
}

export function selectSealed(db: Queryable, name: string): Promise<{ sealed: string } | undefined> {
  return db.maybe<{ sealed: string }>(sql`select sealed from secrets where name = ${name}`);
}

export async function upsertSecret(
  db: Queryable,
  now: Date,
  secret: { name: string; sealed: string; by: string },
): Promise<void> {
  await db.run(sql`
    insert into secrets (name, sealed, updated_at, updated_by) values (${secret.name}, ${secret.sealed}, ${now}, ${secret.by})
    on conflict (name) do update
      set sealed = excluded.sealed, updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
}

export function deleteSecretRow(db: Queryable, name: string): Promise<number> {
  return db.run(sql`delete from secrets where name = ${name}`);
}
