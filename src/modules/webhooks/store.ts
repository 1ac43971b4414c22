import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';

export interface WebhookRow {
  created_at: Date;
  created_by: string;
  refused_at: Date | null;
  secret_created_at: Date;
  /** Until when one before the newest secret is accepted. */
  previous_until: Date | null;
}

/** The repository with its secrets as of now. Undefined when it has no webhook. */
export function selectReceiver(db: Queryable, now: Date, name: string) {
  return db.maybe<{ id: number; sealed: string[] }>(sql`
    select r.id, array(
      select s.sealed from webhook_secrets s
      where s.repository_id = r.id and (s.expires_at is null or s.expires_at > ${now}) order by s.id desc) as sealed
    from repositories r join webhooks w on w.repository_id = r.id where r.name = ${name}`);
}

export function selectWebhook(db: Queryable, now: Date, repositoryId: number) {
  return db.maybe<WebhookRow>(sql`
    select w.created_at, w.created_by, w.refused_at,
      (select s.created_at from webhook_secrets s where s.repository_id = w.repository_id and s.expires_at is null) as secret_created_at,
      (select max(s.expires_at) from webhook_secrets s where s.repository_id = w.repository_id and s.expires_at > ${now}) as previous_until
    from webhooks w where w.repository_id = ${repositoryId}`);
}

/** False when it has one. */
export async function insertWebhook(tx: Tx, now: Date, repositoryId: number, by: string): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into webhooks (repository_id, created_at, created_by) values (${repositoryId}, ${now}, ${by})
    on conflict (repository_id) do nothing`);
  return inserted === 1;
}

/** False when there is none. Others that change it wait until this transaction has ended. */
export async function lockWebhook(tx: Tx, repositoryId: number): Promise<boolean> {
  const row = await tx.maybe(sql`select 1 from webhooks where repository_id = ${repositoryId} for update`);
  return row !== undefined;
}

export async function insertSecret(tx: Tx, now: Date, repositoryId: number, sealed: string): Promise<void> {
  await tx.run(sql`
    insert into webhook_secrets (repository_id, sealed, created_at) values (${repositoryId}, ${sealed}, ${now})`);
}

/** Lets the newest secret end at `expiresAt`, and forgets those that have ended. Answers how many are left. */
export async function expireSecrets(
  tx: Tx,
  now: Date,
  repositoryId: number,
  expiresAt: Date,
): Promise<number> {
  await tx.run(
    sql`delete from webhook_secrets where repository_id = ${repositoryId} and expires_at <= ${now}`,
  );
  await tx.run(sql`
    update webhook_secrets set expires_at = ${expiresAt} where repository_id = ${repositoryId} and expires_at is null`);
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*) as count from webhook_secrets where repository_id = ${repositoryId}`);
  return count;
}

export function deleteWebhookRow(tx: Tx, repositoryId: number): Promise<number> {
  return tx.run(sql`delete from webhooks where repository_id = ${repositoryId}`);
}
