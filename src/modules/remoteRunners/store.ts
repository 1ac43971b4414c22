import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

/** Whether this runner came in by this token, and has not said goodbye. */
export async function isRunnerOf(db: Queryable, tokenId: number, runnerId: string): Promise<boolean> {
  const row = await db.maybe(sql`
    select 1 as one from runners where id = ${runnerId} and token_id = ${tokenId} and stopped_at is null`);
  return row !== undefined;
}

export async function noteAddress(db: Queryable, runnerId: string, address: string): Promise<void> {
  await db.run(
    sql`update runners set address = ${address} where id = ${runnerId} and address is distinct from ${address}`,
  );
}

/** Says that these runners live. Those that are not answered are gone, or their token was revoked. */
export function touchListeners(db: Queryable, ids: readonly string[]) {
  return db.many<{ id: string; draining: boolean }>(sql`
    update runners r set last_seen_at = now()
    where r.id = any(${ids}::uuid[]) and r.stopped_at is null
      and exists (select 1 from runner_tokens t where t.id = r.token_id and t.revoked_at is null)
    returning r.id, r.draining_at is not null as draining`);
}

/** Runners of jobs of this id or name that are not gone. */
export function selectNamed(db: Queryable, name: string) {
  return db.many<{ id: string }>(sql`
    select r.id from runners r
    where r.kind = 'jobs' and r.stopped_at is null and r.last_seen_at > now() - interval '5 minutes'
      and (r.id::text = ${name} or coalesce(r.name, r.host) = ${name}) order by r.started_at`);
}

export async function drainRow(db: Queryable, now: Date, id: string): Promise<void> {
  await db.run(sql`update runners set draining_at = ${now} where id = ${id} and draining_at is null`);
}
