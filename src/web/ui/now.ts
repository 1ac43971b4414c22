import { useSyncExternalStore } from 'react';

/** One clock of a period for all that show something of the time: it runs while somebody looks. */
function createClock(everyMs: number) {
  const watchers = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const watcher of watchers) watcher();
  };
  return {
    subscribe: (watcher: () => void) => {
      if (watchers.size === 0) timer = setInterval(tick, everyMs);
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0) clearInterval(timer);
      };
    },
    // Who comes first after a pause must not see the time of the last tick.
    read: () => {
      if (Date.now() - now >= everyMs) now = Date.now();
      return now;
    },
  };
}

const clocks = new Map<number, ReturnType<typeof createClock>>();

/** The time in milliseconds, new about every `everyMs`. */
export function useNow(everyMs = 1000): number {
  const clock = clocks.get(everyMs) ?? createClock(everyMs);
  clocks.set(everyMs, clock);
  return useSyncExternalStore(clock.subscribe, clock.read);
}
