import sql, { join } from 'sql-template-tag';
import type { Tx } from '../../platform/db/database.ts';

export interface Schedule {
  readonly repositoryId: number;
  readonly file: string;
  readonly cron: string;
  readonly timezone: string;
  readonly nextAt: Date;
}

export interface DueSchedule {
  repository_id: number;
  repository: string;
  default_branch: string;
  /** Of the default branch; null: it is gone. */
  sha: string | null;
  file: string;
  cron: string;
  timezone: string;
  next_at: Date;
}

export async function deleteSchedulesBut(
  tx: Tx,
  repositoryId: number,
  kept: readonly Pick<Schedule, 'file' | 'cron' | 'timezone'>[],
): Promise<void> {
  const list = kept.map(({ file, cron, timezone }) => sql`(${file}, ${cron}, ${timezone})`);
  const others = list.length === 0 ? sql`true` : sql`(file, cron, timezone) not in (${join(list)})`;
  await tx.run(sql`delete from schedules where repository_id = ${repositoryId} and ${others}`);
}

/** One that is there keeps its time: a push must not put off what is due. */
export async function upsertSchedule(
  tx: Tx,
  { repositoryId, file, cron, timezone, nextAt }: Schedule,
): Promise<void> {
  await tx.run(sql`
    insert into schedules (repository_id, file, cron, timezone, next_at)
    values (${repositoryId}, ${file}, ${cron}, ${timezone}, ${nextAt}) on conflict do nothing`);
}

export function leaseDueSchedule(tx: Tx, now: Date): Promise<DueSchedule | undefined> {
  return tx.maybe<DueSchedule>(sql`
    select s.repository_id, r.name as repository, r.default_branch, k.sha, s.file, s.cron, s.timezone, s.next_at
    from schedules s join repositories r on r.id = s.repository_id
    left join known_refs k on k.repository_id = r.id and k.ref = 'refs/heads/' || r.default_branch
    where s.next_at <= ${now} order by s.next_at limit 1 for update of s skip locked`);
}

export async function setNextTime(tx: Tx, due: DueSchedule, nextAt: Date | null): Promise<void> {
  const which = sql`repository_id = ${due.repository_id} and file = ${due.file} and cron = ${due.cron} and timezone = ${due.timezone}`;
  if (nextAt === null) await tx.run(sql`delete from schedules where ${which}`);
  else await tx.run(sql`update schedules set next_at = ${nextAt} where ${which}`);
}
