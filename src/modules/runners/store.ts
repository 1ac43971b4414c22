import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';
import type { RunnerIdentity } from '../../platform/processes/index.ts';

/** What a runner takes. */
export type RunnerKind = 'deploys' | 'jobs';

/**
 * A lease that is not renewed for this long is lost: longer than PostgreSQL takes to come back after a crash.
 * Runners renew it ten times as often.
 */
export const leaseSeconds = 30;
/** A runner that was not heard of for this long gets nothing to do, and counts as silent. */
const silentSeconds = 10;

/** Of a runner `r`: it has not said goodbye, and was heard of lately. */
export const aliveSince = sql`r.stopped_at is null and r.last_seen_at > now() - make_interval(secs => ${silentSeconds})`;

export interface NewRunner {
  readonly id: string;
  readonly kind: RunnerKind;
  /** What people call it; null: its host. */
  readonly name: string | null;
  readonly host: string;
  readonly pid: number;
  readonly identity: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
  readonly capacity: number | null;
  /** That it came in by, over HTTP, and from where. */
  readonly admission?: { readonly tokenId: number; readonly address: string };
}

/** Announces a runner, again if need be; false when its id is one of another token. */
export async function insertRunner(db: Queryable, now: Date, runner: NewRunner): Promise<boolean> {
  const { id, kind, name, host, pid, identity, labels, capacity, admission } = runner;
  const announced = await db.run(sql`
    insert into runners (id, kind, name, host, pid, identity, labels, capacity, token_id, address, started_at, last_seen_at)
    values (${id}, ${kind}, ${name}, ${host}, ${pid}, ${JSON.stringify(identity)}, ${labels}, ${capacity},
      ${admission?.tokenId ?? null}, ${admission?.address ?? null}, ${now}, now())
    on conflict (id) do update set last_seen_at = now(), stopped_at = null, address = excluded.address
      where runners.token_id is not distinct from excluded.token_id`);
  return announced === 1;
}

/** Says that a runner lives; false when its row is gone or closed. */
export async function touchRunner(db: Queryable, id: string): Promise<boolean> {
  const touched = await db.run(
    sql`update runners set last_seen_at = now() where id = ${id} and stopped_at is null`,
  );
  return touched === 1;
}

export async function stopRunner(db: Queryable, now: Date, id: string): Promise<void> {
  await db.run(sql`update runners set stopped_at = ${now} where id = ${id} and stopped_at is null`);
}

/** Runners of a kind that have not said goodbye. */
export function selectRunners(db: Queryable, kind: RunnerKind) {
  return db.many<{ id: string; identity: RunnerIdentity }>(sql`
    select id, identity from runners where kind = ${kind} and stopped_at is null`);
}

/** Forgets runners that are gone for a week and that nothing names. */
export async function forgetOldRunners(db: Queryable): Promise<void> {
  await db.run(sql`
    delete from runners r
    where r.last_seen_at < now() - interval '7 days' and not exists (select 1 from deploys d where d.runner_id = r.id)
      and not exists (select 1 from workflow_jobs j where j.runner_id = r.id)`);
}

export interface LiveRunnerRow {
  id: string;
  kind: RunnerKind;
  name: string;
  host: string;
  pid: number;
  labels: string[];
  capacity: number | null;
  draining: boolean;
  address: string | null;
  started_at: Date;
  last_seen_at: Date;
  /** Names of deploys. */
  running: string[];
  jobs: { id: number; run: number; name: string }[];
}

/** Runners that are alive, with what they run. */
export function selectLiveRunners(db: Queryable): Promise<LiveRunnerRow[]> {
  return db.many<LiveRunnerRow>(sql`
    select r.id, r.kind, coalesce(r.name, r.host) as name, r.host, r.pid, r.labels, r.capacity,
      r.draining_at is not null as draining, r.address, r.started_at, r.last_seen_at,
      array(select a.name || '/' || e.name || '#' || d.number
            from deploys d join environments e on e.id = d.environment_id join apps a on a.id = e.app_id
            where d.runner_id = r.id and d.state in ('running', 'verifying', 'cancelling') order by d.id) as running,
      (select coalesce(json_agg(json_build_object('id', j.id, 'run', j.run_id, 'name',
                p.name || '/' || regexp_replace(w.file, '^.*/|\\.ya?ml$', '', 'g') || '#' || w.number || ' ' || j.name)
              order by j.id), '[]')
       from workflow_jobs j join workflow_runs w on w.id = j.run_id join repositories p on p.id = w.repository_id
       where j.runner_id = r.id and j.state in ('running', 'cancelling')) as jobs
    from runners r where ${aliveSince} order by r.kind, r.started_at`);
}
