import sql from 'sql-template-tag';
import type { WorkflowConclusion } from '../../contract/states.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { findingOfPlan, type RunRow, type StoredPlan } from './runs.ts';

export const runColumns = sql`r.id, r.trigger_id, r.repository_id, p.name as repository, r.file, r.number, r.attempt, r.name,
  r.title, r.event, r.ref, r.sha, r.code_sha, r.actor, r.rerun_by, r.trusted, r.state, r.conclusion, r.findings, r.concurrency,
  r.cancelled_calls, r.cancel_requested_at, r.cancel_requested_by, r.cancel_reason, r.created_at, r.started_at,
  r.finished_at`;
/** What they are selected from. */
export const fromRuns = sql`from workflow_runs r join repositories p on p.id = r.repository_id`;

/** The lock of a run, held until the transaction ends: what changes a run or decides about its jobs demands it. */
export interface RunLock {
  readonly tx: Tx;
  readonly run: RunRow;
  readonly [locked]: true;
}
declare const locked: unique symbol;

export async function lockRun(tx: Tx, id: number): Promise<RunLock | undefined> {
  await tx.run(sql`select 1 from workflow_runs where id = ${id} for no key update`);
  const run = await selectRun(tx, id);
  return run === undefined ? undefined : ({ tx, run } as RunLock);
}

export function selectRun(db: Queryable, id: number): Promise<RunRow | undefined> {
  return db.maybe<RunRow>(sql`select ${runColumns} ${fromRuns} where r.id = ${id}`);
}

/** Whether there may have been a run of an id that is no more. */
export async function wasRun(db: Queryable, id: number): Promise<boolean> {
  const { given } = await db.one<{ given: boolean }>(
    sql`select is_called and last_value >= ${id} as given from workflow_runs_id_seq`,
  );
  return given && id > 0;
}

/** Null when it could not be planned, or the run is gone. */
export async function selectPlan(db: Queryable, id: number): Promise<StoredPlan | null> {
  const row = await db.maybe<{ plan: StoredPlan | null }>(
    sql`select plan from workflow_runs where id = ${id}`,
  );
  return row?.plan ?? null;
}

/** The `github` context of a run's plan, without the rest of it, which may be long. */
export async function selectGithub(db: Queryable, id: number): Promise<StoredPlan['github'] | null> {
  const row = await db.one<{ github: StoredPlan['github'] | null }>(
    sql`select plan->'github' as github from workflow_runs where id = ${id}`,
  );
  return row.github;
}

/** Ids for runs that may come to be: a plan reads its own. */
export async function reserveRunIds(db: Queryable, count: number): Promise<number[]> {
  const rows = await db.many<{ id: number }>(
    sql`select nextval('workflow_runs_id_seq') as id from generate_series(1, ${count})`,
  );
  return rows.map(({ id }) => id);
}

export async function selectLastNumbers(
  db: Queryable,
  repositoryId: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.many<{ file: string; last_number: number }>(
    sql`select file, last_number from workflow_numbers where repository_id = ${repositoryId}`,
  );
  return new Map(rows.map(({ file, last_number }) => [file, last_number]));
}

/** Takes a number; false when another run has it. */
export async function takeNumber(
  tx: Tx,
  repositoryId: number,
  file: string,
  number: number,
): Promise<boolean> {
  const taken = await tx.run(sql`
    insert into workflow_numbers as n (repository_id, file, last_number) values (${repositoryId}, ${file}, ${number})
    on conflict (repository_id, file) do update set last_number = excluded.last_number
      where n.last_number = excluded.last_number - 1`);
  return taken === 1;
}

export type NewRun = Pick<
  RunRow,
  | 'id'
  | 'trigger_id'
  | 'repository_id'
  | 'file'
  | 'number'
  | 'name'
  | 'title'
  | 'event'
  | 'ref'
  | 'sha'
  | 'code_sha'
  | 'actor'
  | 'trusted'
  | 'state'
  | 'conclusion'
  | 'findings'
  | 'concurrency'
> & { plan: StoredPlan | null; advance: boolean };

export async function insertRun(tx: Tx, now: Date, run: NewRun): Promise<void> {
  const finished = run.state === 'completed' ? now : null;
  await tx.run(sql`
    insert into workflow_runs (id, trigger_id, repository_id, file, number, name, title, event, ref, sha, code_sha, actor, trusted, state,
      conclusion, findings, plan, concurrency, advance, created_at, finished_at)
    overriding system value
    values (${run.id}, ${run.trigger_id}, ${run.repository_id}, ${run.file}, ${run.number}, ${run.name}, ${run.title},
      ${run.event}, ${run.ref}, ${run.sha}, ${run.code_sha}, ${run.actor}, ${run.trusted}, ${run.state}, ${run.conclusion},
      ${run.findings === null ? null : JSON.stringify(run.findings)}, ${run.plan === null ? null : JSON.stringify(run.plan)},
      ${run.concurrency === null ? null : JSON.stringify(run.concurrency)}, ${run.advance}, ${now}, ${finished})`);
}

/** Asks the dispatcher to look at a run. */
export async function wantAdvance(tx: Tx, runId: number): Promise<void> {
  await tx.run(sql`update workflow_runs set advance = true where id = ${runId} and state <> 'completed'`);
}

export async function advanced({ tx, run }: RunLock): Promise<void> {
  await tx.run(sql`update workflow_runs set advance = false where id = ${run.id}`);
}

/** Runs that something happened in, oldest first, but for some. */
export function selectToAdvance(db: Queryable, but: readonly number[], limit: number) {
  return db.many<{ id: number }>(
    sql`select id from workflow_runs where advance and id <> all(${but}::bigint[]) order by id limit ${limit}`,
  );
}

/** Nobody can say what comes next in it. */
export async function recordUnplannable({ tx, run }: RunLock, message: string): Promise<void> {
  const finding = findingOfPlan(run.file, message);
  await tx.run(sql`update workflow_runs set findings = ${JSON.stringify([finding])} where id = ${run.id}`);
}

/** It waits no more for its concurrency group. */
export async function startRun({ tx, run }: RunLock): Promise<void> {
  await tx.run(sql`update workflow_runs set state = 'running' where id = ${run.id} and state = 'pending'`);
}

/** Tells the jobs of a call to end, as a look at the run will find. */
export async function cancelCall(tx: Tx, runId: number, key: string, reason: string): Promise<void> {
  await tx.run(sql`
    update workflow_runs set cancelled_calls = (cancelled_calls::jsonb || ${JSON.stringify({ [key]: reason })}::jsonb)::json
    where id = ${runId} and state <> 'completed'`);
}

/**
 * Its first job is leased. Whoever leases holds the job already, and must not wait for the run, which others lock
 * first: where somebody has it right now, its end tells when it began. Answers whether it was noted now.
 */
export async function noteStarted(tx: Tx, now: Date, runId: number): Promise<boolean> {
  const noted = await tx.run(sql`
    with free as (
      select id from workflow_runs where id = ${runId} and started_at is null for no key update skip locked)
    update workflow_runs r set started_at = ${now} from free where r.id = free.id`);
  return noted === 1;
}

export async function hasStarted(tx: Tx, runId: number): Promise<boolean> {
  const row = await tx.one<{ has: boolean }>(
    sql`select started_at is not null as has from workflow_runs where id = ${runId}`,
  );
  return row.has;
}

/** Commits of runs that have not ended for so long that git might forget them. */
export function selectOldOpen(db: Queryable, before: Date) {
  return db.many<{ repository_id: number; sha: string }>(sql`
    select distinct repository_id, coalesce(code_sha, sha) as sha from workflow_runs where state <> 'completed' and created_at < ${before}`);
}

export async function completeRun(
  { tx, run }: RunLock,
  now: Date,
  conclusion: WorkflowConclusion,
): Promise<void> {
  await tx.run(sql`
    update workflow_runs set state = 'completed', conclusion = ${conclusion}, finished_at = ${now}, advance = false,
      started_at = coalesce(started_at,
        (select min(started_at) from workflow_jobs where run_id = ${run.id} and attempt = ${run.attempt} and carried_from is null))
    where id = ${run.id}`);
}

/** False when it has ended, or is being cancelled already. */
export async function requestCancel(
  tx: Tx,
  now: Date,
  runId: number,
  by: string,
  reason: string,
): Promise<boolean> {
  const requested = await tx.run(sql`
    update workflow_runs set cancel_requested_at = ${now}, cancel_requested_by = ${by}, cancel_reason = ${reason}, advance = true
    where id = ${runId} and state <> 'completed' and cancel_requested_at is null`);
  return requested === 1;
}

/** A new attempt. */
export async function reopenRun({ tx, run }: RunLock, attempt: number, by: string): Promise<void> {
  await tx.run(sql`
    update workflow_runs set attempt = ${attempt}, rerun_by = ${by}, state = 'pending', conclusion = null, finished_at = null, started_at = null,
      cancel_requested_at = null, cancel_requested_by = null, cancel_reason = null, cancelled_calls = '{}',
      findings = null, advance = true
    where id = ${run.id}`);
}
