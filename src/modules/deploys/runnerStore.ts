import sql from 'sql-template-tag';
import type { ActiveState } from '../../contract/deploys.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { RunnerIdentity } from '../../platform/processes/index.ts';
import { aliveSince, leaseSeconds } from '../runners/index.ts';
import type { EnvironmentLock } from './store.ts';

/** How many deploys one runner runs at once. They mostly wait for others, so many. */
export const deploysPerRunner = 16;

/** As in the index of active deploys, which are few: without it every row there ever was would be looked at. */
const active = sql`state in ('running', 'verifying', 'cancelling')`;
const alive = sql`r.kind = 'deploys' and ${aliveSince}`;

export async function runnerCapacity(db: Queryable): Promise<{ alive: number; free: number }> {
  return db.one<{ alive: number; free: number }>(sql`
    with load as (
      select r.id, (select count(*) from deploys d
                    where d.runner_id = r.id and d.state in ('running', 'verifying', 'cancelling')) as running
      from runners r where ${alive})
    select count(*) as alive, coalesce(sum(greatest(0, ${deploysPerRunner} - running)), 0)::bigint as free from load`);
}

// ── Leases ────────────────────────────────────────────────────────────────────────────────────────

/** Environments where something is queued and nothing active, oldest request first. */
export function selectEnvironmentsToDispatch(db: Queryable) {
  return db.many<{ id: number; app: string; name: string }>(sql`
    select e.id, a.name as app, e.name
    from environments e join apps a on a.id = e.app_id
    join lateral (select min(id) as first from deploys
                  where environment_id = e.id and state = 'queued' and held_at is null) q on q.first is not null
    where e.removed_at is null and not exists (select 1 from deploys d
                      where d.environment_id = e.id and d.state in ('running', 'verifying', 'cancelling'))
    order by q.first`);
}

export interface LeaseRow {
  id: number;
  state: string;
  cancel_requested_by: string | null;
}

/** Renews the leases that are still held and answers those. */
export function renewLeases(
  db: Queryable,
  leases: readonly { id: number; token: string }[],
): Promise<LeaseRow[]> {
  const ids = leases.map((lease) => lease.id);
  const tokens = leases.map((lease) => lease.token);
  return db.many<LeaseRow>(sql`
    update deploys d set lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    from unnest(${ids}::bigint[], ${tokens}::uuid[]) as held(id, token)
    where d.id = held.id and d.lease_token = held.token
    returning d.id, d.state, d.cancel_requested_by`);
}

/** A deploy whose lease stands, and what people call it. */
export interface HeldLease extends LeaseRow {
  app: string;
  environment: string;
  number: number;
}

/** Whether the lease still stands, seen under the environment's lock. */
export async function holdsLease(
  lock: EnvironmentLock,
  lease: { id: number; token: string },
): Promise<HeldLease | undefined> {
  return lock.tx.maybe<HeldLease>(sql`
    select d.id, d.state, d.cancel_requested_by, a.name as app, e.name as environment, d.number
    from deploys d join environments e on e.id = d.environment_id join apps a on a.id = e.app_id
    where d.id = ${lease.id} and d.lease_token = ${lease.token} and d.environment_id = ${lock.environmentId}`);
}

/** Lets all leases of a runner run out at once, because it is known to be dead. */
export async function expireLeasesOf(db: Queryable, runnerId: string): Promise<void> {
  await db.run(sql`
    update deploys set lease_expires_at = '-infinity' where runner_id = ${runnerId} and ${active}`);
}

/** Lets the leases of a runner run out that it does not know of: they were lost on the way to it. */
export async function expireUnknownLeases(
  db: Queryable,
  runnerId: string,
  known: readonly { token: string }[],
): Promise<void> {
  const tokens = known.map((lease) => lease.token);
  await db.run(sql`
    update deploys set lease_expires_at = '-infinity'
    where runner_id = ${runnerId} and ${active} and lease_token <> all(${tokens}::uuid[])`);
}

/** An active deploy whose runner vanished. */
export interface Orphan {
  id: number;
  environment_id: number;
  lease_token: string;
  runner_id: string;
  identity: RunnerIdentity;
  /** Nothing was heard of its runner lately. */
  silent: boolean;
}

export function selectOrphans(db: Queryable, states: readonly ActiveState[]): Promise<Orphan[]> {
  return db.many<Orphan>(sql`
    select d.id, d.environment_id, d.lease_token, r.id as runner_id, r.identity, not (${aliveSince}) as silent
    from deploys d join runners r on r.id = d.runner_id
    where d.state = any(${states}) and d.lease_expires_at < now() order by d.id`);
}

/** Whether an orphan still is one, seen under its environment's lock. */
export async function holdsOrphan(lock: EnvironmentLock, orphan: Orphan): Promise<boolean> {
  const row = await lock.tx.maybe(sql`
    select id from deploys
    where id = ${orphan.id} and lease_token = ${orphan.lease_token} and lease_expires_at < now()`);
  return row !== undefined;
}

/** Takes over an orphan that is verifying: only one of two takers gets it. */
export async function takeOver(
  lock: EnvironmentLock,
  orphan: Orphan,
  runnerId: string,
  token: string,
): Promise<boolean> {
  const taken = await lock.tx.run(sql`
    update deploys set runner_id = ${runnerId}, lease_token = ${token},
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where id = ${orphan.id} and state = 'verifying' and lease_token = ${orphan.lease_token}
      and lease_expires_at < now()`);
  return taken === 1;
}
