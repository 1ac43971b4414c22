import { type FSWatcher, mkdirSync, readlinkSync, watch } from 'node:fs';
import { join } from 'node:path';
import { openEmptyBerth } from './emptyBerth.ts';
import type { Occupation, Service, ServicePlace } from './service.ts';
import { startRelease } from './startRelease.ts';

const lookEveryMs = 1000;
const shortestRestartMs = 200;
const longestRestartMs = 5000;
const settledAfterMs = 10_000;

/**
 * Keeps the service's `current` release running: another one within milliseconds of the link being changed, the
 * same one again when it ends, after a pause that doubles up to five seconds. The link is all there is to know,
 * so a host that starts anew, or a deploy that dies on its way, leaves nothing to repair.
 */
export function superviseService(place: ServicePlace): Service {
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  let stopping = false;
  let pauseMs = shortestRestartMs;
  let wake = () => {};

  const looking = setInterval(() => wake(), lookEveryMs);
  const watcher = watchOrNot(place.directory, () => wake());
  const running = run();

  async function run(): Promise<void> {
    while (!stopping) {
      const release = currentRelease(place.directory);
      const startedAt = Date.now();
      const occupation = release === null ? openEmptyBerth(place) : startRelease(place, release);
      const endedByItself = await untilReplacedOrEnded(occupation);
      if (!endedByItself || Date.now() - startedAt > settledAfterMs) pauseMs = shortestRestartMs;
      if (endedByItself) await pauseUnlessReplaced(release);
    }
  }

  async function untilReplacedOrEnded(occupation: Occupation): Promise<boolean> {
    let ended = false;
    void occupation.ended.then(() => {
      ended = true;
      wake();
    });
    while (!ended && !stopping && currentRelease(place.directory) === occupation.release) await woken();
    if (ended) return true;
    await occupation.end();
    return false;
  }

  async function pauseUnlessReplaced(release: string | null): Promise<void> {
    const until = Date.now() + pauseMs;
    pauseMs = Math.min(pauseMs * 2, longestRestartMs);
    while (!stopping && Date.now() < until && currentRelease(place.directory) === release) {
      const timer = setTimeout(() => wake(), until - Date.now());
      await woken();
      clearTimeout(timer);
    }
  }

  function woken(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  return {
    stop: async () => {
      stopping = true;
      clearInterval(looking);
      watcher?.close();
      wake();
      await running;
    },
  };
}

/** The release that `current` points to, such as `releases/12-4f2a91c0`. */
function currentRelease(directory: string): string | null {
  try {
    return readlinkSync(join(directory, 'current'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Where the machine has no more watches to give, looking once a second has to do. */
function watchOrNot(directory: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(directory, onChange).on('error', () => {});
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EMFILE') return undefined;
    throw error;
  }
}
