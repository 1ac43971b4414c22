import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import type { KnownRef, NewTrigger, TriggerRow } from './triggers.ts';

const columns = sql`t.id, t.repository_id, t.event, t.ref, t.sha, t.code_sha, t.depth, t.before, t.actor, t.source, t.payload, t.inputs,
  t.file, t.trusted, t.created_at, t.attempts`;

/** Its id; undefined when one of its key is there already. */
export function insertTrigger(db: Queryable, now: Date, trigger: NewTrigger) {
  const { repositoryId, event, ref, sha, codeSha, depth, before, actor } = trigger;
  const { source, payload, inputs, file, trusted, key } = trigger;
  return db.maybe<{ id: number }>(sql`
    insert into triggers (repository_id, event, ref, sha, code_sha, depth, before, actor, source, payload, inputs, file, trusted,
      key, created_at)
    values (${repositoryId}, ${event}, ${ref}, ${sha}, ${codeSha ?? null}, ${depth ?? 0}, ${before}, ${actor}, ${source},
            ${payload === null ? null : JSON.stringify(payload)}, ${JSON.stringify(inputs ?? {})}, ${file ?? null},
            ${trusted}, ${key ?? null}, ${now})
    on conflict (repository_id, key) do nothing returning id`);
}

/** Push triggers, one for each of the refs. */
export async function insertPushes(
  tx: Tx,
  now: Date,
  from: { repositoryId: number; actor: string; source: NewTrigger['source'] },
  refs: readonly { name: string; before: string | null; after: string }[],
): Promise<void> {
  await tx.run(sql`
    insert into triggers (repository_id, event, ref, sha, before, actor, source, trusted, created_at)
    select ${from.repositoryId}, 'push', pushed.ref, pushed.sha, pushed.before, coalesce(announced.actor, ${from.actor}),
      ${from.source}, true, ${now}
    from unnest(${refs.map(({ name }) => name)}::text[], ${refs.map(({ after }) => after)}::text[],
                ${refs.map(({ before }) => before)}::text[]) with ordinality as pushed(ref, sha, before, position)
    left join lateral (
      select a.actor from announced_pushes a
      where a.repository_id = ${from.repositoryId} and a.ref = pushed.ref
        -- Of an annotated tag its own object is announced, and what it names is pushed.
        and (a.sha = pushed.sha or pushed.ref like 'refs/tags/%')
      order by a.announced_at desc limit 1) announced on true
    order by position`);
}

/** Remembers who pushed what, until somebody finds it. */
export async function insertAnnouncement(
  db: Queryable,
  now: Date,
  { repositoryId, ref, sha, actor }: { repositoryId: number; ref: string; sha: string; actor: string },
): Promise<void> {
  await db.run(sql`
    insert into announced_pushes (repository_id, ref, sha, actor, announced_at)
    values (${repositoryId}, ${ref}, ${sha}, ${actor}, ${now})
    on conflict (repository_id, ref, sha) do update set actor = excluded.actor, announced_at = excluded.announced_at`);
}

export async function deleteAnnouncements(db: Queryable, before: Date): Promise<void> {
  await db.run(sql`delete from announced_pushes where announced_at < ${before}`);
}

/** Where a ref is, as far as it is known; else null. */
export async function knownSha(db: Queryable, repositoryId: number, ref: string): Promise<string | null> {
  const row = await db.maybe<{ sha: string }>(
    sql`select sha from known_refs where repository_id = ${repositoryId} and ref = ${ref}`,
  );
  return row?.sha ?? null;
}

/** The refs that are known of a repository; others wait until this transaction has ended. */
export async function lockKnownRefs(tx: Tx, repositoryId: number): Promise<KnownRef[]> {
  await tx.run(sql`select 1 from repositories where id = ${repositoryId} for no key update`);
  return tx.many<KnownRef>(sql`select ref, sha from known_refs where repository_id = ${repositoryId}`);
}

export async function upsertKnownRefs(
  tx: Tx,
  repositoryId: number,
  refs: readonly KnownRef[],
): Promise<void> {
  await tx.run(sql`
    insert into known_refs (repository_id, ref, sha)
    select ${repositoryId}, ref, sha from unnest(${refs.map(({ ref }) => ref)}::text[], ${refs.map(({ sha }) => sha)}::text[]) as r(ref, sha)
    on conflict (repository_id, ref) do update set sha = excluded.sha`);
}

export async function deleteKnownRefs(tx: Tx, repositoryId: number, refs: readonly string[]): Promise<void> {
  await tx.run(sql`delete from known_refs where repository_id = ${repositoryId} and ref = any(${refs})`);
}

/**
 * Leases the oldest triggers that nobody plans, all of one repository: that of the oldest, but for some. So one with
 * thousands of them does not keep the others waiting.
 */
export function leaseTriggers(
  db: Queryable,
  leaseSeconds: number,
  but: readonly number[],
  limit: number,
): Promise<TriggerRow[]> {
  const isDue = sql`planned_at is null and (lease_until is null or lease_until < now())`;
  return db.many<TriggerRow>(sql`
    with chosen as (
      select repository_id from triggers where ${isDue} and repository_id <> all(${but}::bigint[]) order by id limit 1),
    due as (
      select t.id from triggers t join chosen using (repository_id) where ${isDue}
      order by t.id limit ${limit} for update of t skip locked)
    update triggers t set lease_until = now() + make_interval(secs => ${leaseSeconds}), attempts = t.attempts + 1
    from due where t.id = due.id
    returning ${columns}`);
}

/** Keeps those that are still being planned from others. */
export async function renewTriggers(
  db: Queryable,
  ids: readonly number[],
  leaseSeconds: number,
): Promise<void> {
  await db.run(sql`
    update triggers set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where id = any(${ids}::bigint[]) and planned_at is null`);
}

/** False when another has planned it meanwhile. */
export async function finishTrigger(tx: Tx, now: Date, id: number, problem: string | null): Promise<boolean> {
  const finished = await tx.run(sql`
    update triggers set planned_at = ${now}, lease_until = null, problem = ${problem} where id = ${id} and planned_at is null`);
  return finished === 1;
}

/** It failed for now: it is tried again when its lease runs out. */
export async function postponeTrigger(db: Queryable, id: number, seconds: number): Promise<void> {
  await db.run(sql`
    update triggers set lease_until = now() + make_interval(secs => ${seconds}) where id = ${id} and planned_at is null`);
}

export function selectTrigger(db: Queryable, id: number): Promise<TriggerRow> {
  return db.one<TriggerRow>(sql`select ${columns} from triggers t where t.id = ${id}`);
}
