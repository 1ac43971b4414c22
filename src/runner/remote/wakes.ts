import { setTimeout as sleep } from 'node:timers/promises';
import { runnerApi } from '../../contract/runnerAddresses.ts';
import { AppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { asAppError, type RemoteCalls } from './remoteCalls.ts';

/** What Slipway tells a runner without being asked. */
export interface Wakes {
  listen(runnerId: string): void;
  /** Calls `listener` whenever there may be something to do. Answers the function that ends it. */
  onWork(listener: () => void): () => void;
  close(): Promise<void>;
}

const firstPauseMs = 100;
const longestPauseMs = 2000;

/** Listens until it is closed, through restarts of the server and networks that are cut. */
export function createWakes(calls: RemoteCalls, log: Logger, drain: () => void): Wakes {
  const listeners = new Set<() => void>();
  const over = new AbortController();
  let listening: Promise<void> | undefined;
  const wake = (): void => {
    for (const listener of listeners) listener();
  };

  /** Throws when the connection is over, or was never there. */
  async function hear(id: string, heard: () => void): Promise<void> {
    for await (const { event } of calls.client.stream(runnerApi.events, { params: { id } }, over)) {
      heard();
      if (event === 'drain') drain();
      else wake();
    }
  }

  function explain(error: unknown, isFirst: boolean): void {
    const known = asAppError(error);
    if (!(known instanceof AppError)) throw error;
    if (isFirst) log.warn({ reason: known.message }, 'Slipway cannot be heard; trying again');
    // Whoever asks next finds out what is wrong, or announces itself again.
    if (known.code !== 'unavailable') wake();
  }

  async function listen(id: string): Promise<void> {
    let pause = firstPauseMs;
    const heard = (): void => {
      if (pause > firstPauseMs * 2) log.info('Slipway is there again');
      pause = firstPauseMs;
    };
    while (!over.signal.aborted) {
      await hear(id, heard).catch((error: unknown) => {
        if (!over.signal.aborted) explain(error, pause === firstPauseMs);
      });
      await sleep(pause, undefined, { signal: over.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, longestPauseMs);
    }
  }

  return {
    listen: (id) => {
      listening ??= listen(id);
    },
    onWork: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      over.abort();
      await listening;
    },
  };
}
