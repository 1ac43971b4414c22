import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

export interface LockRow {
  id: number;
  app_id: number | null;
  environment_id: number | null;
  app: string | null;
  environment: string | null;
  team: string | null;
  reason: string;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
}

const lockColumns = sql`l.id, l.app_id, l.environment_id, a.name as app, e.name as environment, t.slug as team,
  l.reason, l.created_by, l.created_at, l.expires_at`;
const lockTables = sql`locks l left join apps a on a.id = l.app_id left join teams t on t.id = a.team_id
  left join environments e on e.id = l.environment_id`;

/** Open locks, widest first. */
export function selectOpenLocks(db: Queryable): Promise<LockRow[]> {
  return db.many<LockRow>(sql`
    select ${lockColumns} from ${lockTables} where l.closed_at is null
    order by l.app_id nulls first, l.environment_id nulls first`);
}

/**
 * Holds the environments that a lock covers until the transaction ends, in order of id: a deploy that is being
 * started there has started by then, or sees what this transaction does. Before any row of `locks`, always.
 */
export async function holdEnvironments(db: Queryable, scope: LockScope): Promise<void> {
  await db.run(sql`
    select id from environments
    where (${scope.appId}::bigint is null or app_id = ${scope.appId})
      and (${scope.environmentId}::bigint is null or id = ${scope.environmentId})
    order by id for update`);
}

/** One open lock as it is now; another transaction may be closing it. */
export function selectOpenLock(db: Queryable, id: number): Promise<LockRow | undefined> {
  return db.maybe<LockRow>(
    sql`select ${lockColumns} from ${lockTables} where l.id = ${id} and l.closed_at is null`,
  );
}

export interface LockScope {
  appId: number | null;
  environmentId: number | null;
}

export function insertLock(
  db: Queryable,
  now: Date,
  lock: LockScope & { reason: string; by: string; expiresAt: Date | null },
): Promise<{ id: number } | undefined> {
  return db.maybe<{ id: number }>(sql`
    insert into locks (app_id, environment_id, reason, created_by, created_at, expires_at)
    values (${lock.appId}, ${lock.environmentId}, ${lock.reason}, ${lock.by}, ${now}, ${lock.expiresAt})
    on conflict do nothing returning id`);
}

/** Closes a lock; false when somebody else closed it first. */
export async function closeLockRow(db: Queryable, now: Date, id: number, by: string): Promise<boolean> {
  const closed = await db.run(
    sql`update locks set closed_at = ${now}, closed_by = ${by} where id = ${id} and closed_at is null`,
  );
  return closed === 1;
}

export function selectExpired(db: Queryable, now: Date): Promise<{ id: number }[]> {
  return db.many<{ id: number }>(sql`
    select id from locks where closed_at is null and expires_at <= ${now} order by id`);
}
