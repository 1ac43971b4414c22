import type { Tx } from '../../platform/db/database.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { type JobRow, type RunRow, runName } from './runs.ts';

/** Tells everybody that a job has changed. */
export async function tellOfJob(
  tx: Tx,
  now: Date,
  run: RunRow,
  job: Pick<JobRow, 'id' | 'name'>,
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  const { id, actor, repository, sha } = run;
  const about = { run: id, job: job.id, name: job.name, repository, sha };
  await appendEvent(tx, now, { kind, subject: runName(run), actor, data: { ...about, ...data } });
}
