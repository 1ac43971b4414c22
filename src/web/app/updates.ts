import { storage } from '../lib/storage.ts';

const againAfterMs = 30_000;

/**
 * A screen that cannot be loaded was most likely replaced: Slipway was updated while this page was open. Then the
 * page is loaded again, once; when that does not help the screen says so.
 */
export function reloadWhenUpdated(): void {
  addEventListener('vite:preloadError', (event) => {
    const last = Number(storage.read('reloaded') ?? 0);
    if (Date.now() - last < againAfterMs) return;
    event.preventDefault();
    storage.write('reloaded', String(Date.now()));
    location.reload();
  });
}
