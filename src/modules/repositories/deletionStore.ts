import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';

/** A repository that was deleted, and what may lie on the disk of it. */
export interface DeletedRow {
  id: number;
  deleted_at: Date;
  run_ids: number[];
  job_ids: number[];
}

/** The apps of a repository, and whether anything of them was ever requested. */
export function selectAppsOf(db: Queryable, id: number): Promise<{ name: string; shipped: boolean }[]> {
  return db.many<{ name: string; shipped: boolean }>(sql`
    select a.name, exists (
      select 1 from environments e join deploys d on d.environment_id = e.id where e.app_id = a.id) as shipped
    from apps a where a.repository_id = ${id} order by a.name`);
}

/**
 * Deletes a repository with all that refers to it, and keeps in mind what lies on the disk. Runs are locked first, as
 * who advances them does before touching their repository; then nothing can be added.
 */
export async function deleteRepositoryRow(tx: Tx, now: Date, id: number): Promise<void> {
  const lockRuns = sql`select 1 from workflow_runs where repository_id = ${id} order by id for update`;
  await tx.run(lockRuns);
  await tx.run(sql`select 1 from repositories where id = ${id} for update`);
  await tx.run(lockRuns);
  await tx.run(sql`
    insert into deleted_repositories (id, name, deleted_at, run_ids, job_ids)
    select id, name, ${now},
      array(select id from workflow_runs where repository_id = ${id}),
      array(select j.id from workflow_jobs j join workflow_runs r on r.id = j.run_id where r.repository_id = ${id})
    from repositories where id = ${id}`);
  await tx.run(sql`delete from repositories where id = ${id}`);
}

export function selectDeleted(db: Queryable): Promise<DeletedRow[]> {
  return db.many<DeletedRow>(
    sql`select id, deleted_at, run_ids, job_ids from deleted_repositories order by id`,
  );
}

/** Nothing of it is left. */
export async function forgetDeleted(db: Queryable, id: number): Promise<void> {
  await db.run(sql`delete from deleted_repositories where id = ${id}`);
}
