import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { EnvironmentConfig } from '../../contract/configuration.ts';
import type { DeployKind, DeployState, StepState } from '../../contract/deploys.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import type { Attempt, Release } from './deploy.ts';

export interface DeployRow {
  id: number;
  environment_id: number;
  app: string;
  environment: string;
  team: string;
  repository_id: number;
  number: number;
  kind: DeployKind;
  state: DeployState;
  ref: string;
  sha: string;
  title: string;
  author: string;
  config: EnvironmentConfig;
  force_reason: string | null;
  requested_by: string;
  requested_by_kind: 'user' | 'machine' | 'system';
  requested_at: Date;
  notes: string[];
  held_at: Date | null;
  held_reason: string | null;
  previous_sha: string | null;
  started_at: Date | null;
  verifying_at: Date | null;
  cancel_requested_at: Date | null;
  cancel_requested_by: string | null;
  finished_at: Date | null;
  result: string | null;
  runner_id: string | null;
  live: boolean;
}

const deployColumns = sql`d.id, d.environment_id, a.name as app, e.name as environment, t.slug as team, a.repository_id,
  d.number, d.kind, d.state, d.ref, d.sha, d.title, d.author, d.config, d.force_reason, d.requested_by,
  d.requested_by_kind, d.requested_at, d.notes, d.held_at, d.held_reason, d.previous_sha, d.started_at, d.verifying_at,
  d.cancel_requested_at, d.cancel_requested_by, d.finished_at, d.result, d.runner_id,
  (e.live_deploy_id is not distinct from d.id) as live`;
const deployTables = sql`deploys d join environments e on e.id = d.environment_id
  join apps a on a.id = e.app_id join teams t on t.id = a.team_id`;

// ── The environment's lock ────────────────────────────────────────────────────────────────────────

/**
 * Proof that this transaction holds an environment: everything that changes its deploys demands it, so that
 * of two at once one waits for the other. Minted by `lockEnvironment` only.
 */
export interface EnvironmentLock {
  readonly tx: Tx;
  readonly environmentId: number;
  readonly [environmentLocked]: true;
}
declare const environmentLocked: unique symbol;

/** Holds the environment until the transaction ends. Environments are locked one per transaction, or in order of id. */
export async function lockEnvironment(tx: Tx, environmentId: number): Promise<EnvironmentLock> {
  await tx.one(sql`select id from environments where id = ${environmentId} for update`);
  return { tx, environmentId } as EnvironmentLock;
}

/** The same for the environment of a deploy; undefined when there is no such deploy. */
export async function lockEnvironmentOf(tx: Tx, deployId: number): Promise<EnvironmentLock | undefined> {
  const row = await tx.maybe<{ id: number }>(sql`
    select id from environments where id = (select environment_id from deploys where id = ${deployId}) for update`);
  return row && ({ tx, environmentId: row.id } as EnvironmentLock);
}

/** The same without waiting: undefined when another transaction holds it. */
export async function tryLockEnvironment(
  tx: Tx,
  environmentId: number,
): Promise<EnvironmentLock | undefined> {
  const row = await tx.maybe(
    sql`select id from environments where id = ${environmentId} for update skip locked`,
  );
  return row === undefined ? undefined : ({ tx, environmentId } as EnvironmentLock);
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────

export function selectDeploy(db: Queryable, app: string, environment: string, number: number) {
  return db.maybe<DeployRow>(sql`
    select ${deployColumns} from ${deployTables}
    where a.name = ${app} and e.name = ${environment} and d.number = ${number}`);
}

export function selectDeployById(db: Queryable, id: number): Promise<DeployRow> {
  return db.one<DeployRow>(sql`select ${deployColumns} from ${deployTables} where d.id = ${id}`);
}

export interface DeployFilter {
  app?: string | undefined;
  environment?: string | undefined;
  states?: DeployState[] | undefined;
  kind?: DeployKind | undefined;
  who?: string | undefined;
  sha?: string | undefined;
  text?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  beforeId?: number | undefined;
  limit: number;
}

/** History, newest first. */
export function selectDeploys(db: Queryable, filter: DeployFilter): Promise<DeployRow[]> {
  const conditions: Sql[] = [];
  if (filter.app !== undefined || filter.environment !== undefined) {
    conditions.push(sql`d.environment_id = any(array(
      select e.id from environments e join apps a on a.id = e.app_id
      where (${filter.app ?? null}::text is null or a.name = ${filter.app ?? null})
        and (${filter.environment ?? null}::text is null or e.name = ${filter.environment ?? null})))`);
  }
  if (filter.states) conditions.push(sql`d.state = any(${filter.states})`);
  if (filter.kind) conditions.push(sql`d.kind = ${filter.kind}`);
  if (filter.who) conditions.push(sql`d.requested_by = ${filter.who}`);
  if (filter.sha) conditions.push(sql`d.sha like ${`${filter.sha}%`}`);
  if (filter.text) conditions.push(mentions(filter.text));
  if (filter.since) conditions.push(sql`d.requested_at >= ${filter.since}`);
  if (filter.until) conditions.push(sql`d.requested_at < ${filter.until}`);
  if (filter.beforeId) conditions.push(sql`d.id < ${filter.beforeId}`);
  const where = conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : empty;
  return db.many<DeployRow>(sql`
    select ${deployColumns} from ${deployTables} ${where} order by d.id desc limit ${filter.limit}`);
}

/** Titles, refs and authors that contain the text, and shas that begin with it. */
const mentions = (text: string): Sql =>
  sql`(strpos(lower(d.title), lower(${text})) > 0 or strpos(lower(d.ref), lower(${text})) > 0
       or strpos(lower(d.author), lower(${text})) > 0 or starts_with(d.sha, lower(${text})))`;

/** More are not taken into the queue of one environment: whoever looks at a queue looks at all of it. */
export const mostQueued = 500;

export async function countQueued(lock: EnvironmentLock): Promise<number> {
  const { count } = await lock.tx.one<{ count: number }>(sql`
    select count(*) as count from deploys where environment_id = ${lock.environmentId} and state = 'queued'`);
  return count;
}

/** Queued deploys of an environment in their order: rollbacks first, then as they came. */
export function selectQueue(db: Queryable, environmentId: number): Promise<DeployRow[]> {
  return db.many<DeployRow>(sql`
    select ${deployColumns} from ${deployTables}
    where d.environment_id = ${environmentId} and d.state = 'queued'
    order by (d.kind = 'rollback') desc, d.id`);
}

/** Every deploy that is queued or active, with what is live and the newest of each environment. */
export function selectCurrent(db: Queryable): Promise<CurrentRow[]> {
  return db.many<CurrentRow>(sql`
    with newest as (
      select n.id from environments e
      cross join lateral (select id from deploys where environment_id = e.id order by id desc limit 1) n
      where e.removed_at is null),
    attempted as (
      select n.id from environments e
      cross join lateral (select id from deploys where environment_id = e.id and started_at is not null
                          order by started_at desc, id desc limit 1) n
      where e.removed_at is null),
    current as (
      select id from newest
      union select id from attempted
      union select live_deploy_id from environments where live_deploy_id is not null
      union select id from deploys where state in ('queued', 'running', 'verifying', 'cancelling'))
    select ${deployColumns}, d.id in (select id from newest) as newest, d.id in (select id from attempted) as attempted
    from ${deployTables} where d.id in (select id from current)
    order by (d.kind = 'rollback') desc, d.id`);
}

/** `newest`: requested last in its environment. `attempted`: started last, whenever it was requested. */
export type CurrentRow = DeployRow & { newest: boolean; attempted: boolean };

/** Whether the configuration no longer declares the environment. */
export async function isRemoved(db: Queryable, environmentId: number): Promise<boolean> {
  const row = await db.one<{ removed: boolean }>(sql`
    select removed_at is not null as removed from environments where id = ${environmentId}`);
  return row.removed;
}

/** The deploy that is live in an environment, or undefined. */
export function selectLive(db: Queryable, environmentId: number): Promise<DeployRow | undefined> {
  return db.maybe<DeployRow>(sql`
    select ${deployColumns} from ${deployTables} where e.id = ${environmentId} and d.id = e.live_deploy_id`);
}

export function selectActive(db: Queryable, environmentId: number): Promise<DeployRow | undefined> {
  return db.maybe<DeployRow>(sql`
    select ${deployColumns} from ${deployTables}
    where d.environment_id = ${environmentId} and d.state in ('running', 'verifying', 'cancelling')`);
}

/** The newest successful deploys of an environment, oldest first. */
export async function selectReleases(db: Queryable, environmentId: number): Promise<Release[]> {
  const rows = await db.many<Release>(sql`
    select id as "deployId", number, sha from deploys
    where environment_id = ${environmentId} and state = 'succeeded' order by finished_at desc, id desc limit 300`);
  return rows.reverse();
}

/** The deploys of these ids, in no order. */
export function selectDeploysById(db: Queryable, ids: number[]): Promise<DeployRow[]> {
  return db.many<DeployRow>(sql`select ${deployColumns} from ${deployTables} where d.id = any(${ids})`);
}

/** The deploy that was started last, with all of it, or undefined. */
export function selectLastStarted(db: Queryable, environmentId: number): Promise<DeployRow | undefined> {
  return db.maybe<DeployRow>(sql`
    select ${deployColumns} from ${deployTables}
    where d.environment_id = ${environmentId} and d.started_at is not null
    order by d.started_at desc, d.id desc limit 1`);
}

/** How long the last rollback took that succeeded, in seconds, or null. */
export async function selectLastRollbackSeconds(
  db: Queryable,
  environmentId: number,
): Promise<number | null> {
  const row = await db.maybe<{ seconds: number }>(sql`
    select extract(epoch from finished_at - started_at)::float8 as seconds from deploys
    where environment_id = ${environmentId} and state = 'succeeded' and kind = 'rollback'
    order by finished_at desc, id desc limit 1`);
  return row?.seconds ?? null;
}

/** The deploy that was started last, or undefined. */
export function selectLastAttempt(db: Queryable, environmentId: number): Promise<Attempt | undefined> {
  return db.maybe<Attempt>(sql`
    select sha, state = 'succeeded' as succeeded from deploys
    where environment_id = ${environmentId} and started_at is not null order by started_at desc, id desc limit 1`);
}

/** A deploy of this commit that is on its way there, or undefined. */
export function selectUnderWay(
  db: Queryable,
  environmentId: number,
  sha: string,
): Promise<DeployRow | undefined> {
  return db.maybe<DeployRow>(sql`
    select ${deployColumns} from ${deployTables}
    where d.environment_id = ${environmentId} and d.sha = ${sha} and d.state in ('queued', 'running', 'verifying')
      and d.held_at is null
    order by d.id desc limit 1`);
}

/** Median duration in seconds of the last 20 successes of each environment that has one. */
export async function selectEstimates(db: Queryable, environmentIds: number[]): Promise<Map<number, number>> {
  if (environmentIds.length === 0) return new Map();
  const rows = await db.many<{ id: number; seconds: number }>(sql`
    select e.id, s.seconds from unnest(${environmentIds}::bigint[]) as e(id)
    cross join lateral (
      select percentile_cont(0.5) within group (order by extract(epoch from r.finished_at - r.started_at)) as seconds
      from (select started_at, finished_at from deploys
            where environment_id = e.id and state = 'succeeded' order by id desc limit 20) r) s
    where s.seconds is not null`);
  return new Map(rows.map((row) => [row.id, Number(row.seconds)]));
}

export interface StepRow {
  position: number;
  name: string;
  state: StepState;
  started_at: Date | null;
  finished_at: Date | null;
  detail: string | null;
}

export function selectSteps(db: Queryable, deployId: number): Promise<StepRow[]> {
  return db.many<StepRow>(sql`
    select position, name, state, started_at, finished_at, detail
    from deploy_steps where deploy_id = ${deployId} order by position`);
}
