import { api } from '../../contract/index.ts';
import type { EventRecord } from '../../contract/system.ts';
import type { Db } from '../../platform/db/database.ts';
import type { EventFeed } from '../../platform/events/eventFeed.ts';
import { eventsAfter, type StoredEvent } from '../../platform/events/events.ts';
import type { Router } from '../../platform/http/router.ts';
import { lastEventId, streamEvents } from '../../platform/http/serverSentEvents.ts';

/** State changes as server-sent events. What a client missed is read from the table, so memory stays bounded. */
export function registerEventRoutes(
  router: Router,
  context: { db: Db; feed: EventFeed; shutdown: AbortSignal },
): void {
  const { db, feed, shutdown } = context;
  router.addStream(api.events, async ({ query, request, reply }) => {
    const start = lastEventId(request) ?? query.after ?? feed.position;
    await streamEvents(request, reply, shutdown, async (stream) => {
      stream.mark(start);
      for await (const event of followEvents(db, feed, start, stream.signal)) {
        if (matches(event, query.subject)) await stream.send({ id: event.id, data: presentEvent(event) });
      }
    });
  });
}

async function* followEvents(
  db: Db,
  feed: EventFeed,
  start: number,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent> {
  let wake = () => {};
  const onNews = () => wake();
  const unsubscribe = feed.subscribe(onNews);
  signal.addEventListener('abort', onNews);
  let position = start;
  try {
    while (!signal.aborted) {
      // Waiting begins before reading: what is committed in between ends the wait.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const events = await eventsAfter(db, position);
      yield* events;
      position = events.at(-1)?.id ?? position;
      if (events.length === 0 && !signal.aborted) await woken;
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', onNews);
  }
}

const matches = (event: StoredEvent, subject: string | undefined) =>
  subject === undefined ||
  event.subject === subject ||
  event.subject.startsWith(`${subject}/`) ||
  event.subject.startsWith(`${subject}#`);

const presentEvent = (event: StoredEvent): EventRecord => ({ ...event, at: event.at.toISOString() });
