import sql from 'sql-template-tag';
import type { Check } from '../../contract/repositories.ts';
import type { Queryable } from '../../platform/db/database.ts';

export interface CheckRow {
  name: string;
  status: Check['status'];
  conclusion: Check['conclusion'];
  url: string | null;
  summary: string;
  reported_at: Date;
  /** The workflow that reports it; null: somebody else. */
  workflow: string | null;
  job_id: number | null;
  run_id: number | null;
  /** Whether it lets a commit out; null: its conclusion says it. */
  passes: boolean | null;
}

/** The newest report of each check of a commit. */
export function selectChecks(db: Queryable, repositoryId: number, sha: string): Promise<CheckRow[]> {
  return db.many<CheckRow>(sql`
    select distinct on (name, workflow) name, status, conclusion, url, summary, reported_at, workflow, job_id, run_id, passes
    from checks where repository_id = ${repositoryId} and sha = ${sha} order by name, workflow, id desc`);
}

export async function insertCheck(
  db: Queryable,
  now: Date,
  check: { repositoryId: number; sha: string } & Omit<CheckRow, 'reported_at'>,
): Promise<void> {
  await db.run(sql`
    insert into checks (repository_id, sha, name, status, conclusion, url, summary, workflow, job_id, run_id, passes, reported_at)
    values (${check.repositoryId}, ${check.sha}, ${check.name}, ${check.status}, ${check.conclusion}, ${check.url},
            ${check.summary}, ${check.workflow}, ${check.job_id}, ${check.run_id}, ${check.passes}, ${now})`);
}

/** The newest report of each check of several commits. */
export function selectChecksOf(db: Queryable, repositoryId: number, shas: readonly string[]) {
  return db.many<CheckRow & { sha: string }>(sql`
    select distinct on (sha, name, workflow) sha, name, status, conclusion, url, summary, reported_at, workflow, job_id, run_id, passes
    from checks where repository_id = ${repositoryId} and sha = any(${shas}) order by sha, name, workflow, id desc`);
}

/** Whether a job of that workflow has reported the check. */
export async function hasJobCheck(
  db: Queryable,
  check: { repositoryId: number; sha: string; name: string; workflow: string },
): Promise<boolean> {
  const row = await db.maybe(sql`
    select 1 from checks where repository_id = ${check.repositoryId} and sha = ${check.sha} and name = ${check.name}
      and workflow = ${check.workflow} and job_id is not null limit 1`);
  return row !== undefined;
}
