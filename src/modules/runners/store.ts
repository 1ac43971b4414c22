import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';
import type { RunnerIdentity } from './machine.ts';

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
}

export async function insertRunner(db: Queryable, now: Date, runner: NewRunner): Promise<void> {
  const { id, kind, name, host, pid, identity, labels, capacity } = runner;
  await db.run(sql`
    insert into runners (id, kind, name, host, pid, identity, labels, capacity, started_at, last_seen_at)
    values (${id}, ${kind}, ${name}, ${host}, ${pid}, ${JSON.stringify(identity)}, ${labels}, ${capacity}, ${now}, now())
    on conflict (id) do update set last_seen_at = now(), stopped_at = null`);
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
