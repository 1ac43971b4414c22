import pg from 'pg';
import type { Db } from '../db/database.ts';
import type { Logger } from '../log.ts';
import { eventsAfter, newestEventId, type StoredEvent } from './events.ts';

/** Hands every new event to its subscribers, in order, as soon as its transaction has committed. */
export interface EventFeed {
  /** Calls `listener` with each event from now on. Answers the function that ends it. */
  subscribe(listener: (event: StoredEvent) => void): () => void;
  /** The id of the last event that was handed out. */
  readonly position: number;
  close(): Promise<void>;
}

const reconnectMs = 500;

/**
 * Listens on PostgreSQL's channel `slipway_events` and reads what is new. When the connection breaks it
 * connects again and catches up, so that no event is missed or handed out twice.
 */
export async function openEventFeed(db: Db, connection: pg.ClientConfig, log: Logger): Promise<EventFeed> {
  const listeners = new Set<(event: StoredEvent) => void>();
  let position = await newestEventId(db);
  let client: pg.Client | undefined;
  let closed = false;
  let reading: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;

  async function readNew(): Promise<void> {
    for (;;) {
      const events = await eventsAfter(db, position);
      for (const event of events) {
        position = event.id;
        for (const listener of listeners) listener(event);
      }
      if (events.length === 0) return;
    }
  }

  // Reads are queued one behind the other: a notification during a read must not be lost.
  function read(): void {
    reading = reading.then(readNew).catch((error: unknown) => {
      if (!closed) log.warn({ err: error }, 'reading events failed; trying again');
    });
  }

  async function connect(): Promise<void> {
    const next = new pg.Client(connection);
    next.on('error', () => {});
    next.on('end', () => reconnectSoon(next));
    next.on('notification', read);
    client = next;
    await next.connect();
    await next.query('listen slipway_events');
    read();
  }

  function reconnectSoon(ended: pg.Client): void {
    if (closed || client !== ended) return;
    client = undefined;
    retry = setTimeout(() => connect().catch(() => reconnectAfterFailure()), reconnectMs);
  }

  function reconnectAfterFailure(): void {
    client = undefined;
    if (!closed) retry = setTimeout(() => connect().catch(() => reconnectAfterFailure()), reconnectMs);
  }

  await connect();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get position() {
      return position;
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      listeners.clear();
      await client?.end().catch(() => {});
      await reading;
    },
  };
}
