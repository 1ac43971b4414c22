import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

export interface WatcherRow {
  name: string;
  since: Date;
}

/** Keeps that somebody looks at a deploy; who comes back after `goneBefore` begins anew. */
export async function upsertWatcher(
  db: Queryable,
  now: Date,
  goneBefore: Date,
  watcher: { deployId: number; name: string },
): Promise<void> {
  await db.run(sql`
    insert into deploy_watchers as w (deploy_id, name, since, seen_at)
    values (${watcher.deployId}, ${watcher.name}, ${now}, ${now})
    on conflict (deploy_id, name) do update set
      since = case when w.seen_at < ${goneBefore} then excluded.since else w.since end, seen_at = excluded.seen_at`);
}

export async function deleteWatcher(
  db: Queryable,
  watcher: { deployId: number; name: string },
): Promise<void> {
  await db.run(sql`
    delete from deploy_watchers where deploy_id = ${watcher.deployId} and name = ${watcher.name}`);
}

/** Forgets all who are gone. What somebody else is just forgetting is left to them. */
export async function deleteGone(db: Queryable, goneBefore: Date): Promise<void> {
  await db.run(sql`
    delete from deploy_watchers where (deploy_id, name) in (
      select deploy_id, name from deploy_watchers where seen_at < ${goneBefore} for update skip locked)`);
}

/** Who looks at a deploy, who came first at first. */
export function selectWatchers(db: Queryable, deployId: number, goneBefore: Date): Promise<WatcherRow[]> {
  return db.many<WatcherRow>(sql`
    select name, since from deploy_watchers
    where deploy_id = ${deployId} and seen_at >= ${goneBefore} order by since, name limit 100`);
}
