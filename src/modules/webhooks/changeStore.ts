import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';

/** Records whether a change is open; an older word for it than the one that is known does not count. */
export async function upsertChange(
  tx: Tx,
  now: Date,
  change: { repositoryId: number; number: number; open: boolean; updatedAt: Date },
): Promise<void> {
  const { repositoryId, number, open, updatedAt } = change;
  await tx.run(sql`
    insert into changes as c (repository_id, number, open, updated_at, closed_at)
    values (${repositoryId}, ${number}, ${open}, ${updatedAt}, ${open ? null : now})
    on conflict (repository_id, number) do update
      set open = excluded.open, updated_at = excluded.updated_at, closed_at = excluded.closed_at
      where c.updated_at <= excluded.updated_at`);
}

export function selectClosedChanges(db: Queryable, closedBefore: Date) {
  return db.many<{ repository_id: number; number: number }>(sql`
    select repository_id, number from changes where not open and closed_at < ${closedBefore} order by closed_at limit 1000`);
}

export async function deleteClosedChange(db: Queryable, repositoryId: number, number: number): Promise<void> {
  await db.run(
    sql`delete from changes where repository_id = ${repositoryId} and number = ${number} and not open`,
  );
}
