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
}

/** The newest report of each check of a commit. */
export function selectChecks(db: Queryable, repositoryId: number, sha: string): Promise<CheckRow[]> {
  return db.many<CheckRow>(sql`
    select distinct on (name) name, status, conclusion, url, summary, reported_at
    from checks where repository_id = ${repositoryId} and sha = ${sha} order by name, id desc`);
}

export async function insertCheck(
  db: Queryable,
  now: Date,
  check: { repositoryId: number; sha: string } & Omit<CheckRow, 'reported_at'>,
): Promise<void> {
  await db.run(sql`
    insert into checks (repository_id, sha, name, status, conclusion, url, summary, reported_at)
    values (${check.repositoryId}, ${check.sha}, ${check.name}, ${check.status}, ${check.conclusion}, ${check.url},
            ${check.summary}, ${now})`);
}

/** The newest report of each check of several commits. */
export function selectChecksOf(db: Queryable, repositoryId: number, shas: readonly string[]) {
  return db.many<CheckRow & { sha: string }>(sql`
    select distinct on (sha, name) sha, name, status, conclusion, url, summary, reported_at
    from checks where repository_id = ${repositoryId} and sha = any(${shas}) order by sha, name, id desc`);
}
