import { type FetchContext, forgetHeadOf } from '../repositories/index.ts';
import { forgetAnnouncements } from '../triggers/index.ts';
import { deleteClosedChange, selectClosedChanges } from './changeStore.ts';
import { pruneDeliveries } from './deliveryStore.ts';

const day = 86_400_000;
const deliveriesKeptMs = 30 * day;
/** Whoever looks at the runs of a change that was merged, and runs them again, still finds its commits. */
const closedChangesKeptMs = 14 * day;

/** Forgets deliveries of a month ago, and the heads of changes that were closed two weeks ago. */
export async function forgetOldDeliveries(context: FetchContext): Promise<void> {
  const now = context.now();
  await pruneDeliveries(context.db, new Date(now.getTime() - deliveriesKeptMs));
  await forgetAnnouncements(context.db, now);
  for (const change of await selectClosedChanges(context.db, new Date(now.getTime() - closedChangesKeptMs))) {
    if (await forgetHeadOf(context, change.repository_id, change.number))
      await deleteClosedChange(context.db, change.repository_id, change.number);
  }
}
