import sql from 'sql-template-tag';
import type { RepositoryConfig } from '../../contract/configuration.ts';
import type { Queryable } from '../../platform/db/database.ts';

export interface RepositoryRow {
  id: number;
  name: string;
  config: RepositoryConfig;
  default_branch: string | null;
  fetch_requested_at: Date | null;
  fetch_started_at: Date | null;
  fetch_finished_at: Date | null;
  fetched_at: Date | null;
  /** Since when its branches and tags start workflows when they move; null: nobody has looked yet. */
  refs_known_at: Date | null;
  failing_since: Date | null;
  failure_kind: string | null;
  failure_message: string | null;
  apps: string[];
  /** Of its apps. */
  teams: string[];
}

const columns = sql`r.id, r.name, r.config, r.default_branch, r.fetch_requested_at, r.fetch_started_at,
  r.fetch_finished_at, r.fetched_at, r.refs_known_at, r.failing_since, r.failure_kind, r.failure_message,
  array(select a.name from apps a where a.repository_id = r.id order by a.name) as apps,
  array(select distinct t.slug from apps a join teams t on t.id = a.team_id where a.repository_id = r.id) as teams`;

export function selectRepositories(db: Queryable): Promise<RepositoryRow[]> {
  return db.many<RepositoryRow>(sql`select ${columns} from repositories r order by r.name`);
}

export function selectRepository(db: Queryable, name: string): Promise<RepositoryRow | undefined> {
  return db.maybe<RepositoryRow>(sql`select ${columns} from repositories r where r.name = ${name}`);
}

export function selectRepositoryById(db: Queryable, id: number): Promise<RepositoryRow> {
  return db.one<RepositoryRow>(sql`select ${columns} from repositories r where r.id = ${id}`);
}

/** Inserts or updates a repository. A changed address is fetched at once. */
export function upsertRepository(db: Queryable, now: Date, config: RepositoryConfig) {
  return db.one<{ id: number; outcome: 'created' | 'changed' | 'unchanged' }>(sql`
    with before as (select config from repositories where name = ${config.name}),
    written as (
      insert into repositories (name, config, fetch_requested_at, created_at)
      values (${config.name}, ${JSON.stringify(config)}, ${now}, ${now})
      on conflict (name) do update
        set config = excluded.config,
            fetch_requested_at = case when repositories.config is distinct from excluded.config
              then excluded.fetch_requested_at else repositories.fetch_requested_at end
      returning id, config)
    select w.id, case when b.config is null then 'created' when b.config is distinct from w.config then 'changed'
      else 'unchanged' end as outcome
    from written w left join before b on true`);
}

/**
 * Asks for a fetch that begins after this. Later than the last one began, whatever the clocks of two machines say: else
 * it would count as done.
 */
export async function requestFetchRow(db: Queryable, now: Date, id: number): Promise<void> {
  await db.run(sql`
    update repositories set fetch_requested_at = greatest(${now}, fetch_started_at + interval '1 millisecond') where id = ${id}`);
}

/** The same, unless one that was asked for has not begun: that one finds it too. Whether it was asked for by this. */
export async function requestFetchOnce(db: Queryable, now: Date, id: number): Promise<boolean> {
  const asked = await db.run(sql`
    update repositories set fetch_requested_at = greatest(${now}, fetch_started_at + interval '1 millisecond')
    where id = ${id} and (fetch_requested_at is null or fetch_requested_at <= fetch_started_at)`);
  return asked === 1;
}

/**
 * Leases the next repository whose fetch is due: asked for since its last attempt, or as often as its
 * configuration says (a failing one at most once a minute). Mirrors are fetched; hosted ones are looked at.
 */
export function leaseFetch(
  db: Queryable,
  now: Date,
  leaseSeconds: number,
  kind: 'mirror' | 'hosted',
): Promise<RepositoryRow | undefined> {
  return db.maybe<RepositoryRow>(sql`
    with due as (
      select id, fetch_requested_at from repositories
      where (jsonb_typeof(config->'url') is not distinct from 'string') = ${kind === 'mirror'}
        and (fetch_lease_until is null or fetch_lease_until < now())
        and (fetch_started_at is null
          or fetch_requested_at > fetch_started_at
          or fetch_finished_at is null or fetch_finished_at < fetch_started_at
          or ((config->>'fetch_every_seconds')::int > 0 and fetch_finished_at < ${now}::timestamptz - make_interval(secs =>
               case when failing_since is null then (config->>'fetch_every_seconds')::int
                    else greatest(60, (config->>'fetch_every_seconds')::int) end)))
      order by fetch_requested_at > coalesce(fetch_started_at, '-infinity') desc, fetch_started_at nulls first
      limit 1 for update skip locked),
    leased as (
      update repositories r
      set fetch_lease_until = now() + make_interval(secs => ${leaseSeconds}),
          fetch_started_at = greatest(${now}, r.fetch_requested_at)
      from due where r.id = due.id returning r.*)
    select ${columns} from leased r`);
}

/** False when another has it. */
export async function leaseMirror(db: Queryable, id: number, leaseSeconds: number): Promise<boolean> {
  const leased = await db.run(sql`
    update repositories set fetch_lease_until = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and (fetch_lease_until is null or fetch_lease_until < now())`);
  return leased === 1;
}

export async function releaseMirror(db: Queryable, id: number): Promise<void> {
  await db.run(sql`update repositories set fetch_lease_until = null where id = ${id}`);
}

export async function extendFetchLease(db: Queryable, id: number, leaseSeconds: number): Promise<void> {
  await db.run(sql`
    update repositories set fetch_lease_until = now() + make_interval(secs => ${leaseSeconds}) where id = ${id}`);
}

/** False when it was deleted meanwhile. */
export async function recordFetched(
  db: Queryable,
  now: Date,
  id: number,
  defaultBranch: string | null,
): Promise<boolean> {
  const recorded = await db.run(sql`
    update repositories
    set fetched_at = ${now}, refs_known_at = coalesce(refs_known_at, ${now}), fetch_finished_at = greatest(${now}, fetch_started_at), fetch_lease_until = null,
        default_branch = ${defaultBranch}, failing_since = null, failure_kind = null, failure_message = null
    where id = ${id}`);
  return recorded === 1;
}

/** Somebody has looked at a hosted repository. */
export async function endFetch(db: Queryable, now: Date, id: number): Promise<void> {
  await db.run(sql`
    update repositories set fetch_finished_at = greatest(${now}, fetch_started_at), fetch_lease_until = null
    where id = ${id}`);
}

/** False when it was deleted meanwhile. */
export async function recordFailure(
  db: Queryable,
  now: Date,
  id: number,
  failure: { kind: string; message: string },
): Promise<boolean> {
  const recorded = await db.run(sql`
    update repositories
    set fetch_finished_at = greatest(${now}, fetch_started_at), fetch_lease_until = null,
        failing_since = coalesce(failing_since, ${now}), failure_kind = ${failure.kind}, failure_message = ${failure.message}
    where id = ${id}`);
  return recorded === 1;
}
