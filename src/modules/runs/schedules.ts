import { Cron } from 'croner';
import { systemActor } from '../../platform/actor.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { SurveyedWorkflow } from '../../workflows/commit/index.ts';
import { recordTrigger } from '../triggers/index.ts';
import { deleteSchedulesBut, leaseDueSchedule, setNextTime, upsertSchedule } from './scheduleStore.ts';

/** When a schedule is due after `from`; null when it never is, or cannot be read. */
export function nextTime(cron: string, timezone: string | null, from: Date): Date | null {
  try {
    return new Cron(cron, { timezone: timezone ?? 'UTC', paused: true, mode: '5-part' }).nextRun(from);
  } catch {
    return null;
  }
}

/** Keeps the schedules of the default branch's workflows as they are written now. */
export async function recordSchedules(
  tx: Tx,
  now: Date,
  repositoryId: number,
  workflows: readonly SurveyedWorkflow[],
): Promise<void> {
  const wanted = workflows.flatMap(({ file, schedules }) =>
    schedules.flatMap(({ cron, timezone }) => {
      const nextAt = nextTime(cron, timezone, now);
      return nextAt === null ? [] : [{ repositoryId, file, cron, timezone: timezone ?? 'UTC', nextAt }];
    }),
  );
  await deleteSchedulesBut(tx, repositoryId, wanted);
  for (const schedule of wanted) await upsertSchedule(tx, schedule);
}

/**
 * Records triggers for the schedules that are due; answers how many. What was due several times while nothing ran is
 * due once. A clock that was set back fires nothing twice: what is next is after what was.
 */
export async function fireSchedules(db: Db, now: Date): Promise<number> {
  let fired = 0;
  while (await db.transaction((tx) => fireNext(tx, now))) fired += 1;
  return fired;
}

async function fireNext(tx: Tx, now: Date): Promise<boolean> {
  const due = await leaseDueSchedule(tx, now);
  if (due === undefined) return false;
  const after = due.next_at > now ? due.next_at : now;
  const nextAt = nextTime(due.cron, due.timezone, after);
  await setNextTime(tx, due, nextAt);
  if (due.sha !== null)
    await recordTrigger(tx, now, due.repository, {
      repositoryId: due.repository_id,
      event: 'schedule',
      ref: `refs/heads/${due.default_branch}`,
      sha: due.sha,
      before: null,
      actor: systemActor.name,
      source: 'schedule',
      payload: { schedule: due.cron },
      file: due.file,
      trusted: true,
      key: `schedule:${due.file}:${due.cron}:${due.next_at.toISOString()}`,
    });
  return true;
}
