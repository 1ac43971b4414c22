import sql, { empty, type Sql } from 'sql-template-tag';
import type { EnvironmentConfig } from '../../contract/configuration.ts';
import type { DeployKind, DeployState, StepState } from '../../contract/deploys.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { EnvironmentLock } from './store.ts';

// ── Requesting ────────────────────────────────────────────────────────────────────────────────────

export interface NewDeploy {
  kind: DeployKind;
  ref: string;
  sha: string;
  title: string;
  author: string;
  committedAt: Date;
  config: EnvironmentConfig;
  forceReason: string | null;
  requestedBy: string;
  requestedByKind: string;
  requestedById: number | null;
}

/** Inserts a queued deploy with the environment's next number. Numbers are never used twice. */
export async function insertDeploy(lock: EnvironmentLock, now: Date, deploy: NewDeploy): Promise<number> {
  const { id } = await lock.tx.one<{ id: number }>(sql`
    with next as (
      update environments set last_number = last_number + 1 where id = ${lock.environmentId} returning last_number)
    insert into deploys (environment_id, number, kind, state, ref, sha, title, author, committed_at, config, force_reason,
                         requested_by, requested_by_kind, requested_by_id, requested_at)
    select ${lock.environmentId}, last_number, ${deploy.kind}, 'queued', ${deploy.ref}, ${deploy.sha}, ${deploy.title},
           ${deploy.author}, ${deploy.committedAt}, ${JSON.stringify(deploy.config)}, ${deploy.forceReason}, ${deploy.requestedBy},
           ${deploy.requestedByKind}, ${deploy.requestedById}, ${now}
    from next returning id`);
  const names = deploy.config.steps.map((step) => step.name);
  await lock.tx.run(sql`
    insert into deploy_steps (deploy_id, position, name, state)
    select ${id}, step.position, step.name, 'pending'
    from unnest(${names}::text[]) with ordinality as step(name, position)`);
  return id;
}

// ── Changing ──────────────────────────────────────────────────────────────────────────────────────

export interface StateChange {
  to: DeployState;
  from: DeployState[];
  set?: Sql | undefined;
}

/** Changes the state if it is still one of `from`; answers whether it was. */
export async function updateState(
  lock: EnvironmentLock,
  deployId: number,
  change: StateChange,
): Promise<boolean> {
  const set = change.set ? sql`, ${change.set}` : empty;
  const changed = await lock.tx.run(sql`
    update deploys set state = ${change.to} ${set}
    where id = ${deployId} and environment_id = ${lock.environmentId} and state = any(${change.from})`);
  return changed === 1;
}

export const setCancelRequested = (now: Date, by: string): Sql =>
  sql`cancel_requested_at = ${now}, cancel_requested_by = ${by}`;

export const setStarted = (
  now: Date,
  runnerId: string,
  token: string,
  ttlSeconds: number,
  notes: string[],
  previousSha: string | null,
): Sql =>
  sql`started_at = ${now}, runner_id = ${runnerId}, lease_token = ${token}, notes = ${notes},
      previous_sha = ${previousSha}, lease_expires_at = now() + make_interval(secs => ${ttlSeconds})`;

export const setVerifying = (now: Date): Sql => sql`verifying_at = ${now}`;

export const setFinished = (now: Date, result: string): Sql =>
  sql`finished_at = ${now}, result = ${result}, lease_token = null, lease_expires_at = null`;

export async function setLive(lock: EnvironmentLock, deployId: number): Promise<void> {
  await lock.tx.run(
    sql`update environments set live_deploy_id = ${deployId} where id = ${lock.environmentId}`,
  );
}

/** Puts what waits aside, until somebody starts it. */
export async function setHeld(
  lock: EnvironmentLock,
  now: Date,
  deployId: number,
  reason: string,
): Promise<void> {
  await lock.tx.run(sql`
    update deploys set held_at = ${now}, held_reason = ${reason}
    where id = ${deployId} and state = 'queued' and held_at is null`);
}

export async function clearHeld(lock: EnvironmentLock, deployId: number): Promise<boolean> {
  const changed = await lock.tx.run(sql`
    update deploys set held_at = null, held_reason = null
    where id = ${deployId} and state = 'queued' and held_at is not null`);
  return changed === 1;
}

// ── Steps ─────────────────────────────────────────────────────────────────────────────────────────

export async function updateStep(
  db: Queryable,
  deployId: number,
  position: number,
  change: { state: StepState; startedAt?: Date; finishedAt?: Date; detail?: string | null },
): Promise<void> {
  await db.run(sql`
    update deploy_steps
    set state = ${change.state}, started_at = coalesce(${change.startedAt ?? null}, started_at),
        finished_at = coalesce(${change.finishedAt ?? null}, finished_at), detail = coalesce(${change.detail ?? null}, detail)
    where deploy_id = ${deployId} and position = ${position}`);
}

/** Says of the steps of a deploy that ended what is true: what ran became `running`, what never ran was skipped. */
export async function settleSteps(
  db: Queryable,
  now: Date,
  deployId: number,
  running: StepState,
): Promise<void> {
  await db.run(sql`
    update deploy_steps
    set finished_at = case when state = 'running' then ${now}::timestamptz end,
        state = case when state = 'running' then ${running} else 'skipped' end
    where deploy_id = ${deployId} and state in ('running', 'pending')`);
}
