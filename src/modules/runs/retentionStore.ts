import sql, { type Sql } from 'sql-template-tag';
import type { Db, Queryable } from '../../platform/db/database.ts';

/** Those of these jobs that have not ended. */
export async function selectUnfinished(db: Queryable, ids: readonly number[]): Promise<number[]> {
  const rows = await db.many<{ id: number }>(
    sql`select id from workflow_jobs where id = any(${ids}::bigint[]) and state <> 'completed'`,
  );
  return rows.map(({ id }) => id);
}

/** From which on all jobs were made after a moment; null: none was. */
export async function selectFirstJobSince(db: Queryable, moment: Date): Promise<number | null> {
  const row = await db.maybe<{ id: number }>(
    sql`select id from workflow_jobs where created_at >= ${moment} order by id limit 1`,
  );
  return row?.id ?? null;
}

/** Answers how many. Whoever repeats one of them has its row, which is passed over. */
export function deleteOldRuns(db: Db, before: Date, limit: number): Promise<number> {
  return db.run(sql`
    with old as (
      select r.id from workflow_runs r
      where r.state = 'completed' and r.finished_at < ${before}
        and not exists (select 1 from deploys d where d.sha = r.sha)
        and not (
          exists (select 1 from known_refs k where k.repository_id = r.repository_id and k.ref = r.ref)
          and not exists (
            select 1 from workflow_runs n
            where n.repository_id = r.repository_id and n.file = r.file and n.ref = r.ref and n.event = r.event
              and n.number > r.number))
      order by r.finished_at limit ${limit} for update of r skip locked)
    delete from workflow_runs r using old where r.id = old.id`);
}

/**
 * Those of webhooks stay, without what they carried: what was delivered once is not to start anything a second time,
 * whoever sends it again. Other keys are of a moment or of a run, and none comes twice.
 */
export function deleteOldTriggers(db: Db, before: Date, limit: number): Promise<number> {
  const unused = sql`(t.key is null or t.source <> 'webhook') and not exists (select 1 from deploys d where d.sha = t.sha)`;
  return db.run(sql`
    with old as (${oldTriggers(before, limit, unused)})
    delete from triggers t using old where t.id = old.id`);
}

export function dropOldPayloads(db: Db, before: Date, limit: number): Promise<number> {
  return db.run(sql`
    with old as (${oldTriggers(before, limit, sql`t.payload is not null`)})
    update triggers t set payload = null from old where t.id = old.id`);
}

const oldTriggers = (before: Date, limit: number, also: Sql): Sql => sql`
  select t.id from triggers t
  where t.planned_at < ${before} and ${also}
    and not exists (select 1 from workflow_runs r where r.trigger_id = t.id)
  order by t.planned_at limit ${limit} for update of t skip locked`;
