import sql from 'sql-template-tag';
import type { WorkflowConclusion } from '../../contract/states.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import type { RunnerIdentity } from '../../platform/processes/index.ts';
import { aliveSince, leaseSeconds } from '../runners/index.ts';
import { jobColumns } from './jobStore.ts';
import type { JobRow } from './runs.ts';

const alive = sql`r.kind = 'jobs' and ${aliveSince}`;

export async function drainRunner(db: Queryable, now: Date, id: string): Promise<void> {
  await db.run(sql`update runners set draining_at = ${now} where id = ${id} and draining_at is null`);
}

/**
 * Leases the next job that a runner may take: it has all of its labels and room for it. Fair between repositories: the
 * one with the fewest jobs running is first, then who waits longest.
 */
export function leaseJob(
  tx: Tx,
  runnerId: string,
  leaseToken: string,
  tokenHash: string,
): Promise<(JobRow & { permissions: Record<string, string> }) | undefined> {
  return tx.maybe(sql`
    with runner as (
      select x.id, coalesce(x.name, x.host) as name, x.labels, t.repositories
      from runners x left join runner_tokens t on t.id = x.token_id
      where x.id = ${runnerId} and x.stopped_at is null and x.draining_at is null and t.revoked_at is null
        and (select count(*) from workflow_jobs b where b.runner_id = x.id and b.state in ('running', 'cancelling')) < x.capacity),
    load as (
      select r.repository_id, count(*) as running from workflow_jobs j join workflow_runs r on r.id = j.run_id
      where j.state in ('running', 'cancelling') group by r.repository_id),
    due as (
      select j.id from workflow_jobs j join workflow_runs r on r.id = j.run_id
      left join load l on l.repository_id = r.repository_id
      cross join runner
      where j.state = 'queued' and j.labels <@ runner.labels
        and (runner.repositories is null or r.repository_id = any(runner.repositories))
      order by coalesce(l.running, 0), j.queued_at, j.id limit 1 for update of j skip locked)
    update workflow_jobs j set state = 'running', runner_id = runner.id, runner_name = runner.name, lease_token = ${leaseToken},
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds}), token_hash = ${tokenHash}, started_at = now(), reason = null
    from due, runner where j.id = due.id
    returning ${jobColumns}, j.permissions`);
}

export interface JobLeaseRow {
  id: number;
  state: string;
  cancel_reason: string | null;
}

/** Renews the leases that are still held and answers those. */
export function renewJobLeases(
  db: Queryable,
  leases: readonly { id: number; token: string }[],
): Promise<JobLeaseRow[]> {
  return db.many<JobLeaseRow>(sql`
    update workflow_jobs j set lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    from unnest(${leases.map(({ id }) => id)}::bigint[], ${leases.map(({ token }) => token)}::uuid[]) as held(id, token)
    where j.id = held.id and j.lease_token = held.token
    returning j.id, j.state, j.cancel_reason`);
}

/** The job if the lease still stands, locked. */
export function holdJob(tx: Tx, lease: { id: number; token: string }): Promise<JobRow | undefined> {
  return tx.maybe<JobRow>(sql`
    select ${jobColumns} from workflow_jobs j where j.id = ${lease.id} and j.lease_token = ${lease.token} for no key update`);
}

export async function runOfJob(db: Queryable, jobId: number): Promise<number | undefined> {
  const row = await db.maybe<{ run_id: number }>(sql`select run_id from workflow_jobs where id = ${jobId}`);
  return row?.run_id;
}

export interface JobEnding {
  readonly conclusion: WorkflowConclusion;
  readonly reason: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly environmentUrl: string | null;
  /** Why it failed, in a line. */
  readonly failure: string | null;
}

/** Ends a leased job: lease and token are nothing any more. */
export async function endLeased(tx: Tx, now: Date, id: number, end: JobEnding): Promise<void> {
  await tx.run(sql`
    update workflow_jobs set state = 'completed', conclusion = ${end.conclusion}, reason = ${end.reason},
      outputs = ${JSON.stringify(end.outputs)}, summary = ${end.summary}, environment_url = ${end.environmentUrl}, failure = ${end.failure},
      finished_at = ${now}, lease_token = null, lease_expires_at = null, token_hash = null
    where id = ${id}`);
}

/** Puts a job whose runner vanished back into the queue. */
export async function requeue(tx: Tx, id: number, reason: string): Promise<void> {
  await tx.run(sql`
    update workflow_jobs set state = 'queued', reason = ${reason}, losses = losses + 1, runner_id = null, runner_name = null,
      lease_token = null, lease_expires_at = null, token_hash = null, started_at = null
    where id = ${id}`);
}

/** A job whose lease ran out. */
export interface LostJob {
  id: number;
  run_id: number;
  runner_id: string;
  identity: RunnerIdentity;
  silent: boolean;
}

/** Also one that a clock which was set back since would keep for long: who is alive renews it at once. */
const ranOut = sql`(j.lease_expires_at < now() or j.lease_expires_at > now() + make_interval(secs => ${2 * leaseSeconds}))`;

export function selectLost(db: Queryable): Promise<LostJob[]> {
  return db.many<LostJob>(sql`
    select j.id, j.run_id, j.runner_id, r.identity, not (${aliveSince}) as silent
    from workflow_jobs j join runners r on r.id = j.runner_id
    where j.state in ('running', 'cancelling') and ${ranOut} order by j.id limit 200`);
}

export function holdLost(tx: Tx, id: number): Promise<JobRow | undefined> {
  return tx.maybe<JobRow>(sql`
    select ${jobColumns} from workflow_jobs j
    where j.id = ${id} and j.state in ('running', 'cancelling') and ${ranOut} for no key update`);
}

/** What a dead runner held is lost now, and need not run out. */
export async function expireJobsOf(db: Queryable, runnerId: string): Promise<void> {
  await db.run(sql`
    update workflow_jobs set lease_expires_at = '-infinity' where runner_id = ${runnerId} and state in ('running', 'cancelling')`);
}

/**
 * Leases a job anew that a runner was given and does not know of: the answer was lost on the way. It is the same job
 * only as long as nothing was ever told of it.
 */
export function leaseAgain(
  tx: Tx,
  runnerId: string,
  held: readonly { id: number }[],
  leaseToken: string,
  tokenHash: string,
): Promise<JobRow | undefined> {
  return tx.maybe<JobRow>(sql`
    with lost as (
      select j.id from workflow_jobs j
      where j.runner_id = ${runnerId} and j.state = 'running' and not j.id = any(${held.map(({ id }) => id)})
        and not exists (select 1 from workflow_steps s where s.job_id = j.id)
      order by j.id limit 1 for update skip locked)
    update workflow_jobs j set lease_token = ${leaseToken}, token_hash = ${tokenHash},
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    from lost where j.id = lost.id
    returning ${jobColumns}`);
}

/** What else a runner holds and does not know of is lost now, and need not run out. */
export async function expireUnknownJobs(
  db: Queryable,
  runnerId: string,
  held: readonly { id: number }[],
): Promise<void> {
  await db.run(sql`
    update workflow_jobs j set lease_expires_at = '-infinity'
    where j.runner_id = ${runnerId} and j.state in ('running', 'cancelling') and not j.id = any(${held.map(({ id }) => id)})
      and (j.state = 'cancelling' or exists (select 1 from workflow_steps s where s.job_id = j.id))`);
}

export interface LabelledRunner {
  name: string;
  labels: string[];
}

/** Runners of jobs that are alive. */
export function selectJobRunners(db: Queryable): Promise<LabelledRunner[]> {
  return db.many<LabelledRunner>(sql`
    select coalesce(r.name, r.host) as name, r.labels from runners r where ${alive} order by r.started_at`);
}

/** The job that a token is of, while it runs, and what it may do. */
export function selectTokenHolder(db: Queryable, tokenHash: string) {
  return db.maybe<{
    id: number;
    run_id: number;
    repository_id: number;
    permissions: Record<string, string>;
  }>(sql`
    select j.id, j.run_id, r.repository_id, j.permissions from workflow_jobs j join workflow_runs r on r.id = j.run_id
    where j.token_hash = ${tokenHash} and j.state in ('running', 'cancelling')`);
}

/** The job that a runner of this token holds by that lease, and what its services are made of. */
export function selectLeased(db: Queryable, tokenId: number, lease: { id: number; token: string }) {
  return db.maybe<{
    id: number;
    run_id: number;
    repository_id: number;
    ref: string;
    default_branch: string | null;
  }>(sql`
    select j.id, j.run_id, r.repository_id, r.ref, p.default_branch
    from workflow_jobs j join runners x on x.id = j.runner_id
    join workflow_runs r on r.id = j.run_id join repositories p on p.id = r.repository_id
    where j.id = ${lease.id} and j.lease_token = ${lease.token} and x.token_id = ${tokenId}`);
}
