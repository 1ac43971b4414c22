import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RunnerEvent } from '../../contract/runnerWire.ts';
import type { Db } from '../../platform/db/database.ts';
import type { EventFeed } from '../../platform/events/eventFeed.ts';
import { type EventStream, streamEvents } from '../../platform/http/serverSentEvents.ts';
import type { Logger } from '../../platform/log.ts';
import { repeat } from '../../platform/repeat.ts';
import { touchListeners } from './store.ts';

/** Runners that wait for something to do, each on a stream of its own. */
export interface Listeners {
  listen(runnerId: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  close(): Promise<void>;
}

/** Events after which something may start, or must stop. */
const mayMean = /^job\.(queued|cancelling|completed)$/;
const touchEveryMs = 3000;

/**
 * A runner that listens is known to be alive without asking for anything: all of them are told of in the database by
 * one statement every few seconds, so that idle runners cost next to nothing.
 */
export function createListeners(context: {
  readonly db: Db;
  readonly feed: EventFeed;
  readonly log: Logger;
  readonly shutdown: AbortSignal;
}): Listeners {
  const { db, feed, log, shutdown } = context;
  const streams = new Map<string, Set<(event: RunnerEvent) => void>>();
  const tell = (id: string, event: RunnerEvent): void => {
    for (const send of streams.get(id) ?? []) send(event);
  };

  const touching = repeat('runners that listen', touchEveryMs, log, async () => {
    const ids = [...streams.keys()];
    if (ids.length === 0) return;
    const alive = new Map((await touchListeners(db, ids)).map(({ id, draining }) => [id, draining]));
    for (const id of ids) {
      if (!alive.has(id)) tell(id, 'refused');
      else if (alive.get(id)) tell(id, 'drain');
    }
  });
  const unsubscribe = feed.subscribe(({ kind }) => {
    if (mayMean.test(kind)) for (const id of streams.keys()) tell(id, 'work');
    if (kind === 'runner.draining') touching.wake();
  });

  async function produce(runnerId: string, stream: EventStream, over: AbortController): Promise<void> {
    const send = (event: RunnerEvent): void => {
      void stream.send({ event, data: null });
      if (event === 'refused') over.abort();
    };
    const own = streams.get(runnerId) ?? new Set();
    streams.set(runnerId, own.add(send));
    // What happened before it listened.
    send('work');
    touching.wake();
    try {
      await aborted(AbortSignal.any([stream.signal, over.signal]));
    } finally {
      own.delete(send);
      if (own.size === 0) streams.delete(runnerId);
    }
  }

  return {
    listen: (runnerId, request, reply) =>
      streamEvents(request, reply, shutdown, (stream) => produce(runnerId, stream, new AbortController())),
    close: async () => {
      unsubscribe();
      await touching.stop();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
