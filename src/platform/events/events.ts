import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../db/database.ts';

/** Something that happened. Written in the transaction that made it true; everyone else listens. */
export interface NewEvent {
  readonly kind: string;
  /** What it happened to: `app/environment#number`, `app`, a repository, … */
  readonly subject: string;
  readonly actor: string;
  readonly data?: Record<string, unknown>;
}

export interface StoredEvent {
  readonly id: number;
  readonly at: Date;
  readonly kind: string;
  readonly subject: string;
  readonly actor: string;
  readonly data: Record<string, unknown>;
}

const eventOrderLock = 7_070_001;

/**
 * Appends an event. Holds an advisory lock until the transaction ends, so that ids appear in the order of
 * commits and a reader never misses one. Call it after the rows of the change are locked, never before:
 * the order rows → events is what keeps two transactions from waiting for each other.
 */
export async function appendEvent(tx: Tx, now: Date, event: NewEvent): Promise<void> {
  // Materialized and read from: the lock is had before the row, and with it its id, is made.
  await tx.run(sql`
    with ordered as materialized (select pg_advisory_xact_lock(${eventOrderLock}))
    insert into events (at, kind, subject, actor, data)
    select ${now}::timestamptz, ${event.kind}::text, ${event.subject}::text, ${event.actor}::text,
      ${JSON.stringify(event.data ?? {})}::jsonb
    from ordered`);
}

/** So many are read at once. */
export const eventsPage = 500;

/** Events after id `after`, oldest first. */
export function eventsAfter(db: Queryable, after: number, limit = eventsPage): Promise<StoredEvent[]> {
  return db.many<StoredEvent>(sql`
    select id, at, kind, subject, actor, data from events where id > ${after} order by id limit ${limit}`);
}

/** Events of one subject, oldest first, without the steps of deploys. */
export function eventsOf(db: Queryable, subject: string): Promise<StoredEvent[]> {
  return db.many<StoredEvent>(sql`
    select id, at, kind, subject, actor, data from events where subject = ${subject} and kind <> 'deploy.step' order by id limit 1000`);
}

/** The id of the newest event, 0 when there is none. */
export async function newestEventId(db: Queryable): Promise<number> {
  const row = await db.one<{ id: number }>(sql`select coalesce(max(id), 0) as id from events`);
  return row.id;
}

/** Whether anything happened then. */
export async function happenedBetween(db: Queryable, from: Date, to: Date): Promise<boolean> {
  const row = await db.one<{ happened: boolean }>(
    sql`select exists (select 1 from events where at >= ${from} and at < ${to}) as happened`,
  );
  return row.happened;
}

/** Forgets what is older than `before`; the timeline of deploys, which their pages show, is kept. */
export async function pruneEvents(db: Queryable, before: Date): Promise<number> {
  return db.run(sql`
    delete from events where at < ${before} and (kind not like 'deploy.%' or kind = 'deploy.step')`);
}
