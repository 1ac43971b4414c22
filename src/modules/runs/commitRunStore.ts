import sql, { join } from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { fromRuns, runColumns } from './runStore.ts';
import type { RunRow } from './runs.ts';

export async function insertUnstarted(
  tx: Tx,
  triggerId: number,
  workflows: readonly { file: string; name: string; reason: string; notNeeded: boolean }[],
): Promise<void> {
  if (workflows.length === 0) return;
  const rows = workflows.map(
    ({ file, name, reason, notNeeded }) => sql`(${triggerId}, ${file}, ${name}, ${reason}, ${notNeeded})`,
  );
  await tx.run(
    sql`insert into unstarted_workflows (trigger_id, file, name, reason, not_needed) values ${join(rows)} on conflict do nothing`,
  );
}

/** Workflows that the events of a commit did not start. */
export function selectUnstarted(db: Queryable, repositoryId: number, sha: string) {
  return db.many<{
    file: string;
    name: string;
    event: string;
    ref: string;
    reason: string;
    not_needed: boolean;
  }>(sql`
    select u.file, u.name, t.event, t.ref, u.reason, u.not_needed
    from triggers t join unstarted_workflows u on u.trigger_id = t.id
    where t.repository_id = ${repositoryId} and t.sha = ${sha} order by t.id desc, u.file limit 500`);
}

/** The newest run of each workflow and event of a commit. */
export function selectCommitRuns(db: Queryable, repositoryId: number, sha: string): Promise<RunRow[]> {
  return db.many<RunRow>(sql`
    select distinct on (r.file, r.event) ${runColumns} ${fromRuns}
    where r.repository_id = ${repositoryId} and r.sha = ${sha} order by r.file, r.event, r.id desc`);
}

/** Workflows that the path filters of a commit's events excluded. */
export function selectNotNeeded(db: Queryable, repositoryId: number, sha: string) {
  return db.many<{ file: string; name: string }>(sql`
    select distinct u.file, u.name from triggers t join unstarted_workflows u on u.trigger_id = t.id
    where t.repository_id = ${repositoryId} and t.sha = ${sha} and u.not_needed`);
}

/** Whether an event of a commit is not planned yet. */
export async function selectPlanning(db: Queryable, repositoryId: number, sha: string): Promise<boolean> {
  const row = await db.maybe(sql`
    select 1 from triggers where repository_id = ${repositoryId} and sha = ${sha} and planned_at is null limit 1`);
  return row !== undefined;
}

/** The first job of each of these runs that failed, with what its check said. */
export async function selectFailedJobs(
  db: Queryable,
  runIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.many<{ run_id: number; name: string; summary: string }>(sql`
    select distinct on (j.run_id) j.run_id, j.name, coalesce(c.summary, j.reason, '') as summary
    from workflow_jobs j join workflow_runs r on r.id = j.run_id and r.attempt = j.attempt
    left join lateral (select summary from checks where repository_id = r.repository_id and sha = r.sha and name = j.name
                         and job_id = j.id order by id desc limit 1) c on true
    where j.run_id = any(${runIds}) and j.conclusion = 'failure' order by j.run_id, j.id`);
  return new Map(rows.map(({ run_id, name, summary }) => [run_id, `${name}: ${summary.split('\n')[0]}`]));
}
