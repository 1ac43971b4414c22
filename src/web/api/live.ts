import type { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { EventRecord } from '../../contract/system.ts';
import { followStream, type Position } from './followStream.ts';
import { createRefresher } from './refresher.ts';
import { watchVisibility } from './visibility.ts';

/**
 * `connected`: what is shown is what is. `reconnecting`: the connection broke a moment ago. `stale`: for so long
 * that people must know. `since` is when it broke: what is shown is as of then.
 */
export type LiveState =
  | { readonly name: 'connecting' }
  | { readonly name: 'connected' }
  | { readonly name: 'reconnecting' | 'stale'; readonly since: Date };

/** The stream of state changes, followed for as long as somebody is signed in. */
export interface Live {
  state(): LiveState;
  subscribe(onChange: () => void): () => void;
  /** Calls back with each event as it arrives. */
  onEvent(listener: (event: EventRecord) => void): () => void;
  /** Keeps the stream open while the page is hidden too, until the returned function is called. */
  holdOpen(): () => void;
  close(): void;
}

const staleAfterMs = 3000;
const retryAfterMs = [200, 500, 1000, 2000, 4000];
/** A browser opens six connections to a server: tabs that nobody looks at must not take them all. */
const hiddenForMs = 60_000;

/**
 * Follows the events and has what they change asked again. After a break it goes on where it stopped. The stream is
 * where a page that asks for nothing learns that its session has ended.
 */
export function createLive(queries: QueryClient, onSignedOut: () => void): Live {
  const ended = new AbortController();
  const position: Position = {};
  const watchers = new Set<() => void>();
  const listeners = new Set<(event: EventRecord) => void>();
  const refresher = createRefresher(queries);
  const visibility = watchVisibility(hiddenForMs);
  let state: LiveState = { name: 'connecting' };

  function become(next: LiveState): void {
    if (next.name === state.name) return;
    state = next;
    for (const watcher of watchers) watcher();
  }

  function onOpen(): void {
    // What changed without an event, or before the stream began, is asked again too.
    if (state.name !== 'connected') refresher.everything();
    become({ name: 'connected' });
  }

  function onMessage(_name: string, data: unknown): void {
    const event = data as EventRecord;
    refresher.after(event);
    for (const listener of listeners) listener(event);
  }

  async function follow(): Promise<void> {
    for (let failures = 0; !ended.signal.aborted; failures++) {
      await visibility.untilWanted(ended.signal);
      const signal = AbortSignal.any([ended.signal, visibility.unwanted()]);
      const refused = await followStream(api.events, {}, { position, signal, onOpen, onMessage }).catch(
        (error: unknown) => error,
      );
      if (refused instanceof ApiError && refused.problem.code === 'unauthenticated') return onSignedOut();
      if (state.name === 'connected') failures = 0;
      if (ended.signal.aborted || visibility.unwanted().aborted) continue;
      breakOff();
      await pause(retryAfterMs[failures] ?? 4000, ended.signal);
    }
  }

  function breakOff(): void {
    if (state.name === 'reconnecting' || state.name === 'stale') return;
    const broken = { name: 'reconnecting', since: new Date() } as const;
    become(broken);
    setTimeout(() => {
      if (state === broken) become({ ...broken, name: 'stale' });
    }, staleAfterMs);
  }

  void follow();
  return {
    state: () => state,
    subscribe: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    holdOpen: visibility.hold,
    close: () => {
      visibility.close();
      ended.abort();
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
