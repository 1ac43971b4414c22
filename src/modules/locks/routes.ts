import { api } from '../../contract/index.ts';
import { presentWho } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Router } from '../../platform/http/router.ts';
import { type ReleaseWaiting, unlock } from './closeLock.ts';
import { createLock } from './createLock.ts';
import { covers, presentLock } from './locks.ts';
import { selectOpenLocks } from './store.ts';

export function registerLockRoutes(router: Router, db: Db, releaseWaiting: ReleaseWaiting): void {
  router.add(api.listLocks, async ({ query }) => {
    if (query.app === undefined && query.environment !== undefined)
      throw new AppError('invalid_input', 'query.environment: name its app too');
    const rows = await selectOpenLocks(db);
    const shown = rows.filter(
      (row) => query.app === undefined || covers(row, query.app, query.environment ?? row.environment ?? ''),
    );
    return { items: shown.map(presentLock) };
  });
  router.addOnce(api.createLock, ({ body, actor, now }, tx) => createLock(tx, now, actor, body));
  router.add(api.unlock, async ({ params, body, actor, now }) => {
    const startWaiting = body.start_waiting;
    const { lock, waiting } = await unlock(db, now, actor, { id: params.id, startWaiting }, releaseWaiting);
    return { lock, closed_by: presentWho(actor), waiting, started: startWaiting };
  });
}
