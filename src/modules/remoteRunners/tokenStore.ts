import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

export interface RunnerTokenRow {
  id: number;
  name: string;
  hint: string;
  /** Null: any. */
  labels: string[] | null;
  repositories: string[] | null;
  created_at: Date;
  created_by: string;
  last_used_at: Date | null;
}

export interface NewRunnerToken {
  readonly name: string;
  readonly tokenHash: string;
  readonly hint: string;
  readonly labels: readonly string[] | null;
  readonly repositories: readonly number[] | null;
  readonly createdBy: string;
}

/** Undefined when there is one of this name. */
export function insertRunnerToken(db: Queryable, now: Date, token: NewRunnerToken) {
  const { name, tokenHash, hint, labels, repositories, createdBy } = token;
  return db.maybe<{ id: number }>(sql`
    insert into runner_tokens (name, token_hash, hint, labels, repositories, created_at, created_by)
    values (${name}, ${tokenHash}, ${hint}, ${labels}, ${repositories}, ${now}, ${createdBy})
    on conflict do nothing returning id`);
}

export function selectRunnerTokens(db: Queryable): Promise<RunnerTokenRow[]> {
  return db.many<RunnerTokenRow>(sql`
    select t.id, t.name, t.hint, t.labels, t.created_at, t.created_by, t.last_used_at,
      case when t.repositories is null then null
        else array(select p.name from repositories p where p.id = any(t.repositories) order by p.name) end as repositories
    from runner_tokens t where t.revoked_at is null order by t.name`);
}

export function revokeRunnerTokenRow(db: Queryable, now: Date, id: number) {
  return db.maybe<{ name: string }>(sql`
    update runner_tokens set revoked_at = ${now} where id = ${id} and revoked_at is null returning name`);
}

/** A token that is not revoked. */
export function selectRunnerToken(db: Queryable, tokenHash: string) {
  return db.maybe<{ id: number; labels: string[] | null; last_used_at: Date | null }>(sql`
    select id, labels, last_used_at from runner_tokens where token_hash = ${tokenHash} and revoked_at is null`);
}

export async function touchRunnerToken(db: Queryable, now: Date, id: number): Promise<void> {
  await db.run(sql`update runner_tokens set last_used_at = ${now} where id = ${id}`);
}
