/** Whether the page needs its stream: while it is seen, for a while after, and as long as something holds it. */
export interface Visibility {
  /** Aborts when the stream is needed no more. A new one each time it is needed again. */
  unwanted(): AbortSignal;
  untilWanted(ended: AbortSignal): Promise<void>;
  hold(): () => void;
  close(): void;
}

/** Watches until it is closed. A tab that was opened in the background wants nothing until it is seen. */
export function watchVisibility(hiddenForMs: number): Visibility {
  const closed = new AbortController();
  let unwanted = new AbortController();
  if (document.visibilityState === 'hidden') unwanted.abort();
  let holders = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wake = () => {};

  function consider(): void {
    clearTimeout(timer);
    if (document.visibilityState === 'visible' || holders > 0) {
      if (unwanted.signal.aborted) unwanted = new AbortController();
      wake();
      return;
    }
    timer = setTimeout(() => unwanted.abort(), hiddenForMs);
  }

  function renew(): void {
    unwanted.abort();
    consider();
  }

  document.addEventListener('visibilitychange', consider, { signal: closed.signal });
  // A machine that slept, or a network that changed, leaves connections that look alive.
  window.addEventListener('online', renew, { signal: closed.signal });

  return {
    unwanted: () => unwanted.signal,
    untilWanted: async (ended) => {
      if (!unwanted.signal.aborted || ended.aborted) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        ended.addEventListener('abort', () => resolve());
      });
    },
    hold: () => {
      holders++;
      consider();
      return () => {
        holders--;
        consider();
      };
    },
    close: () => {
      clearTimeout(timer);
      closed.abort();
    },
  };
}
