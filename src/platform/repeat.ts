import type { Logger } from './log.ts';

/** Work that is done again and again, one round after the other. */
export interface Repeated {
  /** Begins the next round now; during a round, right after it. */
  wake(): void;
  /** Ends it; resolves when the round that runs is over. */
  stop(): Promise<void>;
}

/**
 * Does `work` at once, then whenever it is woken, and at the latest every `everyMs`. A round that fails is
 * logged and tried again: the work must be such that repeating it is safe.
 */
export function repeat(name: string, everyMs: number, log: Logger, work: () => Promise<void>): Repeated {
  let stopped = false;
  let wanted = false;
  let interrupt = () => {};
  let failures = 0;

  async function run(): Promise<void> {
    while (!stopped) {
      wanted = false;
      try {
        await work();
        failures = 0;
      } catch (error) {
        failures += 1;
        // One line when it begins to fail: a database that restarts should not fill the log.
        if (!stopped && failures === 1) log.warn({ err: error }, `${name} failed; it is tried again`);
      }
      if (!stopped && !wanted) await pause(everyMs);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    wake: () => {
      wanted = true;
      interrupt();
    },
    stop: () => {
      stopped = true;
      interrupt();
      return running;
    },
  };
}
