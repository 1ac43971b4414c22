import { recoverDeploys, releaseWaiting } from '../modules/deploys/index.ts';
import { askForLooks, reconcileNext } from '../modules/gitserver/index.ts';
import { closeExpiredLocks } from '../modules/locks/index.ts';
import { fetchNext, sweepDeleted } from '../modules/repositories/index.ts';
import { processNextDelivery } from '../modules/webhooks/index.ts';
import { databaseTime } from '../platform/db/databaseTime.ts';
import { repeat } from '../platform/repeat.ts';
import type { Core } from './core.ts';
import { keepHouse } from './keepHouse.ts';
import { startRunLoops } from './runLoops.ts';
import { watchClocks } from './watchClock.ts';

export interface DispatcherService {
  close(): Promise<void>;
}

const tickMs = 1000;
const fetchersAtOnce = 4;
/** Some wait for a fetch of their own. */
const deliveriesAtOnce = 3;
const housekeepingMs = 3_600_000;

/**
 * What happens without anybody asking: locks expire, deploys of dead runners are settled, repositories are
 * fetched, or looked at where Slipway hosts them, deliveries are acted on, runs of workflows go on. Any number of these may run; each piece of
 * work is leased or locked in the database.
 */
export function startDispatcher(core: Core): DispatcherService {
  const { db, log, now, shutdown } = core;
  const clock = watchClocks({ clocks: [Date.now, () => databaseTime(db)] });
  const settle = repeat('settle', tickMs, log, async () => {
    await closeExpiredLocks(db, now(), releaseWaiting);
    if (await clock.isSteady()) await recoverDeploys(db, now(), core.paths);
  });
  const stop = new AbortController();
  const signal = AbortSignal.any([shutdown, stop.signal]);
  const fetchers = Array.from({ length: fetchersAtOnce }, () =>
    repeat('fetch', tickMs, log, async () => {
      while (!signal.aborted && (await fetchNext(core, signal)));
    }),
  );
  const deliveries = Array.from({ length: deliveriesAtOnce }, () =>
    repeat('webhooks', tickMs, log, async () => {
      while (!signal.aborted && (await processNextDelivery(core, signal)));
    }),
  );
  let looked = false;
  const hosted = repeat('hosted repositories', tickMs, log, async () => {
    if (!looked) await askForLooks(db, now());
    looked = true;
    while (!signal.aborted && (await reconcileNext(core, signal)));
  });
  const runs = startRunLoops(core, clock);
  const housekeeping = repeat('housekeeping', housekeepingMs, log, () => keepHouse(core, signal));
  const sweep = repeat('deleted repositories', housekeepingMs, log, () => sweepDeleted(core, signal));
  const unsubscribe = core.feed.subscribe((event) => {
    runs.heed(event);
    if (event.kind === 'repository.fetch_requested' || event.kind === 'configuration.applied') {
      for (const fetcher of [...fetchers, hosted]) fetcher.wake();
    }
    if (event.kind === 'repository.deleted') sweep.wake();
    if (event.kind === 'webhook.received') for (const loop of deliveries) loop.wake();
  });
  return {
    close: async () => {
      unsubscribe();
      stop.abort();
      const loops = [settle, housekeeping, sweep, hosted, ...fetchers, ...deliveries];
      await Promise.all([runs.close(), ...loops.map((loop) => loop.stop())]);
    },
  };
}
