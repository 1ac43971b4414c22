import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import type { Provider } from './sender.ts';

export type Outcome = 'accepted' | 'ignored' | 'failed';

export interface NewDelivery {
  readonly provider: Provider;
  readonly delivery: string;
  readonly event: string;
  readonly contentType: string;
  readonly body: Buffer;
  readonly digest: string;
}

/** One to act on. */
export interface DueDelivery {
  id: number;
  repository_id: number;
  repository: string;
  provider: Provider;
  delivery: string;
  event: string;
  content_type: string;
  body: Buffer;
  digest: string;
  attempts: number;
}

export interface DeliveryRow {
  id: number;
  provider: Provider;
  delivery: string;
  event: string;
  size_bytes: number;
  received_at: Date;
  processed_at: Date | null;
  outcome: Outcome | null;
  detail: string | null;
  attempts: number;
}

/** False when it was stored before. One that failed begins anew: somebody sends it again because of that. */
export async function insertDelivery(
  tx: Tx,
  now: Date,
  repositoryId: number,
  { provider, delivery, event, contentType, body, digest }: NewDelivery,
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into webhook_deliveries as d (repository_id, provider, delivery, event, content_type, body, size_bytes, digest, received_at)
    values (${repositoryId}, ${provider}, ${delivery}, ${event}, ${contentType.slice(0, 200)}, ${body}, ${body.length}, ${digest}, ${now})
    on conflict (repository_id, provider, delivery) do update
      set event = excluded.event, content_type = excluded.content_type, body = excluded.body, size_bytes = excluded.size_bytes,
          digest = excluded.digest, received_at = excluded.received_at, attempts = 0, lease_until = null,
          processed_at = null, outcome = null, detail = null
      where d.outcome = 'failed'`);
  return inserted === 1;
}

/** At most every few seconds: whoever sends rubbish shall not make us write as often. */
export async function recordRefusal(db: Queryable, now: Date, repositoryId: number): Promise<void> {
  await db.run(sql`
    update webhooks set refused_at = ${now}
    where repository_id = ${repositoryId} and (refused_at is null or abs(extract(epoch from refused_at - ${now}::timestamptz)) > 5)`);
}

/** Leases the oldest delivery that nobody acts on. */
export function leaseDelivery(db: Queryable, leaseSeconds: number): Promise<DueDelivery | undefined> {
  return db.maybe<DueDelivery>(sql`
    with due as (
      select id from webhook_deliveries
      where processed_at is null and (lease_until is null or lease_until < now())
      order by id limit 1 for update skip locked)
    update webhook_deliveries d set lease_until = now() + make_interval(secs => ${leaseSeconds}), attempts = d.attempts + 1
    from due, repositories r where d.id = due.id and r.id = d.repository_id
    returning d.id, d.repository_id, r.name as repository, d.provider, d.delivery, d.event, d.content_type, d.body, d.digest, d.attempts`);
}

export async function extendDeliveryLease(db: Queryable, id: number, leaseSeconds: number): Promise<void> {
  await db.run(sql`
    update webhook_deliveries set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and processed_at is null`);
}

/** It is tried again after a while; `counts` says whether this was an attempt. */
export async function postponeDelivery(
  db: Queryable,
  id: number,
  { seconds, detail, counts }: { seconds: number; detail: string; counts: boolean },
): Promise<void> {
  await db.run(sql`
    update webhook_deliveries
    set lease_until = now() + make_interval(secs => ${seconds}), detail = ${detail}, attempts = attempts - ${counts ? 0 : 1}
    where id = ${id} and processed_at is null`);
}

/** False when another has finished it, or its repository is gone. A failed one keeps its body. */
export async function finishDelivery(
  tx: Tx,
  now: Date,
  id: number,
  { outcome, detail }: { outcome: Outcome; detail: string },
): Promise<boolean> {
  const finished = await tx.run(sql`
    update webhook_deliveries
    set processed_at = ${now}, outcome = ${outcome}, detail = ${detail}, lease_until = null,
        body = case when ${outcome}::text = 'failed' then body end
    where id = ${id} and processed_at is null`);
  return finished === 1;
}

/** Newest first. */
export function selectDeliveries(
  db: Queryable,
  repositoryId: number,
  page: { before: number | undefined; limit: number },
): Promise<DeliveryRow[]> {
  return db.many<DeliveryRow>(sql`
    select id, provider, delivery, event, size_bytes, received_at, processed_at, outcome, detail, attempts
    from webhook_deliveries
    where repository_id = ${repositoryId} and id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    order by id desc limit ${page.limit}`);
}

/** Forgets deliveries that were acted on, and announcements, from before then. */
export async function pruneDeliveries(db: Queryable, before: Date): Promise<void> {
  await db.run(
    sql`delete from webhook_deliveries where received_at < ${before} and processed_at is not null`,
  );
}
