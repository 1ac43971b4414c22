import type { Query, QueryClient } from '@tanstack/react-query';
import { type Happening, isAffected } from './affected.ts';

/** Has what changed asked again: at once, and in a storm of events no faster than the answers come. */
export interface Refresher {
  after(event: Happening): void;
  everything(): void;
}

/** Answers of which nothing is shown are only marked, and asked again when they are needed. */
export function createRefresher(queries: QueryClient): Refresher {
  let waiting: Happening[] = [];
  let busy = false;

  async function refresh(): Promise<void> {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      await askAgain(queries, ({ queryKey }) => events.some((event) => isAffected(event, queryKey)));
    }
    busy = false;
  }

  return {
    after: (event) => {
      waiting.push(event);
      // Events that arrive together are answered together.
      queueMicrotask(refresh);
    },
    // Not after what is under way: that may wait for a server that was gone.
    everything: () => void askAgain(queries, () => true),
  };
}

/**
 * A first question that is under way is not asked twice by the library, though the server may have answered it
 * before the change: it is asked again once its answer is shown.
 */
async function askAgain(queries: QueryClient, predicate: (query: Query) => boolean): Promise<void> {
  const firstAsked = queries
    .getQueryCache()
    .findAll({ predicate, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  await queries.invalidateQueries({ predicate });
  await Promise.allSettled(firstAsked.map(({ promise }) => promise));
  if (firstAsked.length > 0)
    await queries.invalidateQueries({ predicate: (query) => firstAsked.includes(query) });
}
