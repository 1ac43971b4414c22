import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../contract/client.ts';
import { isPassing } from '../connection/persist.ts';

/** The connection of somebody who follows: it breaks and comes back, and he is told once each time. */
export interface Link {
  /** Does `work` until it ends; begins again with a fresh client whenever the connection breaks. */
  keepTrying<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** To be called when an answer came. */
  alive(): void;
}

const firstPauseMs = 200;
const longestPauseMs = 2000;

/** Opens a link. `onLost` and `onBack` tell. Ends with an AbortError when the signal is aborted. */
export function openLink(options: {
  open: () => Promise<Client>;
  signal: AbortSignal;
  onLost: (error: unknown) => void;
  onBack: () => void;
}): Link {
  const { open, signal, onLost, onBack } = options;
  let lost = false;

  function alive(): void {
    if (!lost) return;
    lost = false;
    onBack();
  }

  return {
    alive,
    async keepTrying(work) {
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
        try {
          const result = await work(await open());
          alive();
          return result;
        } catch (error) {
          signal.throwIfAborted();
          if (!isPassing(error)) throw error;
          if (!lost) onLost(error);
          lost = true;
        }
        await delay(pauseMs, undefined, { signal });
      }
    },
  };
}
