import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { assertMayRun } from './findRun.ts';
import { lockRun, requestCancel } from './runStore.ts';
import { type RunRow, runName } from './runs.ts';

/** Asks for the end of a run: what waits ends at once, what runs is told to. Asking twice is asking once. */
export async function cancelRun(db: Db, now: Date, actor: Actor, run: RunRow): Promise<void> {
  await assertMayRun(db, actor, run.repository);
  await db.transaction(async (tx) => {
    const lock = await lockRun(tx, run.id);
    if (lock === undefined || lock.run.state === 'completed')
      throw new AppError(
        'invalid_transition',
        `${runName(run)} has ended: ${lock?.run.conclusion ?? 'it is gone'}`,
      );
    if (!(await requestCancel(tx, now, run.id, actor.name, `cancelled by ${actor.name}`))) return;
    const subject = runName(run);
    await audit(tx, now, actor, 'run.cancel', subject);
    const data = { run: run.id, repository: run.repository, sha: run.sha };
    await appendEvent(tx, now, { kind: 'run.cancelling', subject, actor: actor.name, data });
  });
}
