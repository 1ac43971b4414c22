import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Db } from '../db/database.ts';
import type { Logger } from '../log.ts';
import { repeat } from '../repeat.ts';
import { eventsAfter, eventsPage, newestEventId, type StoredEvent } from './events.ts';
import { listenTo } from './notifications.ts';

/** Hands every new event to its subscribers, in order, as soon as its transaction has committed. */
export interface EventFeed {
  /** Calls `listener` with each event from now on. Answers the function that ends it. */
  subscribe(listener: (event: StoredEvent) => void): () => void;
  /** The id of the last event that was handed out. */
  readonly position: number;
  close(): Promise<void>;
}

/** At the latest so often the table is looked at, for the case that a broken connection says nothing. */
const lookMs = 1000;
/** From one reading to the next in a burst: of many events in a row, each would be a statement in every process. */
const burstMs = 20;

/**
 * Listens on PostgreSQL's channel `slipway_events` and reads what is new from the table, one read at a time.
 * What a broken connection or a failed read left out is read by the next, so that no event is missed or
 * handed out twice.
 */
export async function openEventFeed(db: Db, connection: pg.ClientConfig, log: Logger): Promise<EventFeed> {
  const listeners = new Set<(event: StoredEvent) => void>();
  let position = await newestEventId(db);
  const reader = repeat('reading events', lookMs, log, async () => {
    for (;;) {
      const events = await eventsAfter(db, position);
      for (const event of events) {
        position = event.id;
        for (const listener of listeners) listener(event);
      }
      // What is committed later says so, and is read next. The first after a silence does not wait.
      if (events.length < eventsPage) {
        if (events.length > 0) await delay(burstMs);
        return;
      }
    }
  });
  const notifications = await listenTo(connection, 'slipway_events', log, reader.wake).catch(
    async (error: unknown) => {
      await reader.stop();
      throw error;
    },
  );
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get position() {
      return position;
    },
    async close() {
      listeners.clear();
      await notifications.close();
      await reader.stop();
    },
  };
}
