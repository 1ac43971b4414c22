import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { drainRow, selectNamed } from './store.ts';

/** Has a runner finish what it runs, and take nothing more. */
export async function drainNamed(db: Db, now: Date, actor: Actor, name: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [found, ...more] = await selectNamed(tx, name);
    if (found === undefined)
      throw new AppError('not_found', `no runner of jobs is called ${name}; slipway runners lists them`);
    if (more.length > 0) {
      const ids = [found, ...more].map(({ id }) => id).join(', ');
      throw new AppError(
        'conflict',
        `${more.length + 1} runners are called ${name}; say which by its id: ${ids}`,
      );
    }
    await drainRow(tx, now, found.id);
    await audit(tx, now, actor, 'runner.drain', name);
    await appendEvent(tx, now, {
      kind: 'runner.draining',
      subject: name,
      actor: actor.name,
      data: { runner: found.id },
    });
  });
}
