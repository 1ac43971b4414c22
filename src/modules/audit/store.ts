import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Actor } from '../../platform/actor.ts';
import type { Queryable } from '../../platform/db/database.ts';

export interface AuditRow {
  id: number;
  at: Date;
  actor_kind: string;
  actor_name: string;
  ip: string | null;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  beforeId?: number | undefined;
  limit: number;
}

export async function insertAudit(
  db: Queryable,
  now: Date,
  actor: Actor,
  action: string,
  subject: string,
  details: Record<string, unknown>,
): Promise<void> {
  await db.run(sql`
    insert into audit_log (at, actor_kind, actor_id, actor_name, ip, action, subject, details)
    values (${now}, ${actor.kind}, ${actor.id}, ${actor.name}, ${actor.ip}, ${action}, ${subject},
            ${JSON.stringify(details)})`);
}

export function selectAudit(db: Queryable, filter: AuditFilter): Promise<AuditRow[]> {
  const conditions: Sql[] = [];
  if (filter.actor) conditions.push(sql`actor_name = ${filter.actor}`);
  if (filter.action?.endsWith('.')) conditions.push(sql`starts_with(action, ${filter.action})`);
  else if (filter.action) conditions.push(sql`action = ${filter.action}`);
  if (filter.subject) conditions.push(sql`subject = ${filter.subject}`);
  if (filter.since) conditions.push(sql`at >= ${filter.since}`);
  if (filter.until) conditions.push(sql`at < ${filter.until}`);
  if (filter.beforeId) conditions.push(sql`id < ${filter.beforeId}`);
  const where = conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : empty;
  return db.many<AuditRow>(sql`
    select id, at, actor_kind, actor_name, ip, action, subject, details
    from audit_log ${where} order by id desc limit ${filter.limit}`);
}
