import type { QueryClient } from '@tanstack/react-query';
import type { EventRecord } from '../../contract/system.ts';
import { isAffected } from './affected.ts';

/** Has what changed asked again: at once, and in a storm of events no faster than the answers come. */
export interface Refresher {
  after(event: EventRecord): void;
  everything(): void;
}

/** Answers of which nothing is shown are only marked, and asked again when they are needed. */
export function createRefresher(queries: QueryClient): Refresher {
  let waiting: Pick<EventRecord, 'kind' | 'subject'>[] = [];
  let busy = false;

  async function refresh(): Promise<void> {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) =>
        events.some((event) => isAffected(event, queryKey));
      await queries.invalidateQueries({ predicate });
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
    everything: () => void queries.invalidateQueries(),
  };
}
