import sql from 'sql-template-tag';
import type { JobCounts } from '../../contract/runs.ts';
import type { WorkflowConclusion } from '../../contract/states.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { fromRuns, runColumns } from './runStore.ts';
import type { JobRow, RunRow, StoredSpec } from './runs.ts';

export const jobColumns = sql`j.id, j.run_id, j.attempt, j.key, j.name, j.labels, j.state, j.conclusion, j.reason, j.condition,
  j.blocked, j.outputs, j.summary, j.environment, j.environment_url, j.needs_approval, j.approved_by, j.not_before,
  j.cancel_reason, j.failure, j.tests, j.carried_from, j.losses, j.runner_id, j.runner_name, j.created_at, j.queued_at, j.started_at, j.finished_at`;

/** Of one attempt, in the order in which they came to be. */
export function selectJobs(db: Queryable, runId: number, attempt: number): Promise<JobRow[]> {
  return db.many<JobRow>(sql`
    select ${jobColumns} from workflow_jobs j where j.run_id = ${runId} and j.attempt = ${attempt} order by j.id`);
}

/** How a job stands, as far as what comes next in its run depends on it. */
export type JobStanding = Pick<JobRow, 'id' | 'key' | 'state' | 'conclusion' | 'outputs'>;

/** The same jobs, no more of each than deciding takes: it is asked at every end of one of them. */
export function selectStandings(db: Queryable, runId: number, attempt: number): Promise<JobStanding[]> {
  return db.many<JobStanding>(sql`
    select id, key, state, conclusion, outputs from workflow_jobs
    where run_id = ${runId} and attempt = ${attempt} order by id`);
}

/** Those that wait for their concurrency groups. */
export function selectPending(db: Queryable, runId: number, attempt: number): Promise<JobRow[]> {
  return db.many<JobRow>(sql`
    select ${jobColumns} from workflow_jobs j
    where j.run_id = ${runId} and j.attempt = ${attempt} and j.state = 'pending' order by j.id`);
}

export function selectJob(db: Queryable, id: number): Promise<JobRow | undefined> {
  return db.maybe<JobRow>(sql`select ${jobColumns} from workflow_jobs j where j.id = ${id}`);
}

export async function selectSpec(db: Queryable, id: number): Promise<StoredSpec | null> {
  const row = await db.one<{ spec: StoredSpec | null }>(sql`select spec from workflow_jobs where id = ${id}`);
  return row.spec;
}

export type NewJob = Pick<
  JobRow,
  | 'run_id'
  | 'attempt'
  | 'key'
  | 'name'
  | 'labels'
  | 'state'
  | 'conclusion'
  | 'reason'
  | 'condition'
  | 'blocked'
  | 'environment'
> & {
  spec: StoredSpec | null;
  permissions: object;
  notBefore: Date | null;
  needsApproval: boolean;
};

export async function insertJob(tx: Tx, now: Date, job: NewJob): Promise<JobRow> {
  return tx.one<JobRow>(sql`
    insert into workflow_jobs as j (run_id, attempt, key, name, spec, labels, state, conclusion, reason, condition, blocked,
      permissions, environment, not_before, needs_approval, created_at, queued_at, finished_at)
    values (${job.run_id}, ${job.attempt}, ${job.key}, ${job.name}, ${job.spec === null ? null : JSON.stringify(job.spec)},
      ${job.labels}, ${job.state}, ${job.conclusion}, ${job.reason}, ${job.condition}, ${job.blocked},
      ${JSON.stringify(job.permissions)}, ${job.environment}, ${job.notBefore}, ${job.needsApproval}, ${now},
      ${job.state === 'queued' ? now : null}, ${job.state === 'completed' ? now : null})
    returning ${jobColumns}`);
}

/** Copies what ended in an earlier attempt into a new one. */
export async function carryJobs(tx: Tx, now: Date, ids: readonly number[], attempt: number): Promise<void> {
  await tx.run(sql`
    insert into workflow_jobs (run_id, attempt, key, name, spec, labels, state, conclusion, reason, condition, blocked, outputs,
      summary, permissions, environment, environment_url, failure, tests, carried_from, runner_name, created_at, queued_at, started_at, finished_at)
    select run_id, ${attempt}, key, name, spec, labels, state, conclusion, reason, condition, blocked, outputs, summary,
      permissions, environment, environment_url, failure, tests, coalesce(carried_from, id), runner_name, ${now}, queued_at, started_at, finished_at
    from workflow_jobs where id = any(${ids}) order by id`);
}

/** Ends a job that no runner holds; false when one does, or it has ended. */
export async function endUnleased(
  tx: Tx,
  now: Date,
  id: number,
  conclusion: WorkflowConclusion,
  reason: string,
): Promise<boolean> {
  const ended = await tx.run(sql`
    update workflow_jobs set state = 'completed', conclusion = ${conclusion}, reason = ${reason}, finished_at = ${now}
    where id = ${id} and state in ('pending', 'waiting', 'queued')`);
  return ended === 1;
}

/** A job of the last attempt that has not ended. */
export function selectOpenJob(tx: Tx, runId: number, key: string): Promise<{ id: number } | undefined> {
  return tx.maybe<{ id: number }>(sql`
    select j.id from workflow_jobs j join workflow_runs r on r.id = j.run_id and r.attempt = j.attempt
    where j.run_id = ${runId} and j.key = ${key} and j.state <> 'completed'`);
}

/** Tells the runner of a job to end it. */
export async function orderCancel(tx: Tx, id: number, reason: string): Promise<boolean> {
  const ordered = await tx.run(sql`
    update workflow_jobs set state = 'cancelling', cancel_reason = ${reason} where id = ${id} and state = 'running'`);
  return ordered === 1;
}

/** Moves a job that waits. */
export async function setWaiting(
  tx: Tx,
  now: Date,
  id: number,
  to: 'pending' | 'queued',
  reason: string | null,
): Promise<boolean> {
  const moved = await tx.run(sql`
    update workflow_jobs set state = ${to}, reason = ${reason}, queued_at = ${to === 'queued' ? now : null}
    where id = ${id} and state in ('pending', 'waiting')`);
  return moved === 1;
}

export async function holdForEnvironment(
  tx: Tx,
  id: number,
  { reason, needsApproval, notBefore }: { reason: string; needsApproval: boolean; notBefore: Date | null },
): Promise<void> {
  await tx.run(sql`
    update workflow_jobs set reason = ${reason}, needs_approval = ${needsApproval}, not_before = ${notBefore} where id = ${id}`);
}

export async function setApproval(tx: Tx, now: Date, id: number, by: string): Promise<boolean> {
  const approved = await tx.run(sql`
    update workflow_jobs set approved_at = ${now}, approved_by = ${by} where id = ${id} and state = 'waiting' and approved_at is null`);
  return approved === 1;
}

/** Jobs whose environment asks for no more: approved where it must be, and the wait is over. */
export function selectAdmissible(db: Queryable) {
  return db.many<{ id: number; run_id: number }>(sql`
    select id, run_id from workflow_jobs
    where state = 'waiting' and (not_before is null or not_before <= now())
      and (approved_at is not null or not needs_approval)
    order by id limit 200`);
}

/** How many jobs of each run are how far, of its last attempt. */
export async function countJobs(
  db: Queryable,
  runIds: readonly number[],
): Promise<ReadonlyMap<number, JobCounts>> {
  const rows = await db.many<{ run_id: number } & JobCounts>(sql`
    select j.run_id, count(*)::int as total,
      count(*) filter (where j.state in ('pending', 'waiting', 'queued'))::int as waiting,
      count(*) filter (where j.state in ('running', 'cancelling'))::int as running,
      count(*) filter (where j.conclusion = 'success')::int as success,
      count(*) filter (where j.conclusion = 'failure')::int as failure,
      count(*) filter (where j.conclusion = 'cancelled')::int as cancelled,
      count(*) filter (where j.conclusion = 'skipped')::int as skipped
    from workflow_jobs j join workflow_runs r on r.id = j.run_id and r.attempt = j.attempt
    where j.run_id = any(${runIds}) group by j.run_id`);
  return new Map(rows.map(({ run_id, ...counts }) => [run_id, counts]));
}

/** A job with the run that it is of. */
export async function selectJobAndRun(
  db: Queryable,
  id: number,
): Promise<{ job: JobRow; run: RunRow } | undefined> {
  const job = await selectJob(db, id);
  if (job === undefined) return undefined;
  const run = await db.one<RunRow>(sql`
    select ${runColumns} ${fromRuns} where r.id = ${job.run_id}`);
  return { job, run };
}

/** Keys of what holds concurrency groups for the jobs of a run that have not ended: themselves, and their calls. */
export async function selectOpenHolders(db: Queryable, runId: number): Promise<string[]> {
  const rows = await db.many<{ holder: string }>(sql`
    select distinct claim->>'holder' as holder
    from workflow_jobs j join workflow_runs r on r.id = j.run_id and r.attempt = j.attempt,
      json_array_elements(j.spec->'groups') as claim
    where j.run_id = ${runId} and j.state <> 'completed' and j.spec is not null`);
  return rows.map(({ holder }) => holder);
}
