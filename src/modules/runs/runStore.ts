import sql, { join, type Sql } from 'sql-template-tag';
import type { WorkflowConclusion } from '../../contract/states.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { findingOfPlan, type RunRow, type StoredPlan } from './runs.ts';

export const runColumns = sql`r.id, r.trigger_id, r.repository_id, p.name as repository, r.file, r.number, r.attempt, r.name,
  r.title, r.event, r.ref, r.sha, r.code_sha, r.actor, r.rerun_by, r.trusted, r.state, r.conclusion, r.findings, r.concurrency,
  r.cancelled_calls, r.cancel_requested_at, r.cancel_requested_by, r.cancel_reason, r.created_at, r.started_at,
  r.finished_at`;
const from = sql`from workflow_runs r join repositories p on p.id = r.repository_id`;

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
  return db.maybe<RunRow>(sql`select ${runColumns} ${from} where r.id = ${id}`);
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

export interface RunFilter {
  repository?: string | undefined;
  workflow?: string | undefined;
  branch?: string | undefined;
  sha?: string | undefined;
  event?: string | undefined;
  actor?: string | undefined;
  state?: string | undefined;
  conclusion?: string | undefined;
  number?: number | undefined;
  trigger?: number | undefined;
  before?: number | undefined;
}

export function selectRuns(db: Queryable, filter: RunFilter, limit: number): Promise<RunRow[]> {
  const conditions = [sql`true`, ...conditionsOf(filter)];
  return db.many<RunRow>(sql`
    select ${runColumns} ${from} where ${join(conditions, ' and ')} order by r.id desc limit ${limit}`);
}

function conditionsOf(filter: RunFilter): Sql[] {
  const { repository, workflow, branch, sha, event, actor, state, conclusion, number, trigger, before } =
    filter;
  const conditions: Sql[] = [];
  if (before !== undefined) conditions.push(sql`r.id < ${before}`);
  if (repository !== undefined) conditions.push(sql`p.name = ${repository}`);
  if (workflow !== undefined)
    conditions.push(sql`(r.name = ${workflow} or r.file = ${workflow} or r.file like '%/' || ${workflow}
      or r.file = '.github/workflows/' || ${workflow} || '.yml' or r.file = '.github/workflows/' || ${workflow} || '.yaml')`);
  if (branch !== undefined)
    conditions.push(sql`r.ref in (${branch}, ${`refs/heads/${branch}`}, ${`refs/tags/${branch}`})`);
  if (sha !== undefined) conditions.push(sql`r.sha like ${`${sha}%`}`);
  if (event !== undefined) conditions.push(sql`r.event = ${event}`);
  if (actor !== undefined) conditions.push(sql`r.actor = ${actor}`);
  if (state === 'open') conditions.push(sql`r.state <> 'completed'`);
  else if (state !== undefined) conditions.push(sql`r.state = ${state}`);
  if (conclusion !== undefined) conditions.push(sql`r.conclusion = ${conclusion}`);
  if (number !== undefined) conditions.push(sql`r.number = ${number}`);
  if (trigger !== undefined) conditions.push(sql`r.trigger_id = ${trigger}`);
  return conditions;
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
    select distinct on (r.file, r.event) ${runColumns} ${from}
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
