import type { Page, Request } from 'playwright-core';
import { eventually } from '../../harness/ship.ts';

/** Watches what a page asks. Begin before it goes anywhere. */
export function watchRequests(page: Page): { atRest(): Promise<void> } {
  const underWay = new Set<Request>();
  const ended = (request: Request) => underWay.delete(request);
  page.on('request', (request) => {
    if (!request.url().endsWith('/events')) underWay.add(request);
  });
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return {
    /** Follows the events, and has asked for nothing that was not answered. */
    atRest: async () => {
      await page.locator('[data-live="connected"]').first().waitFor({ state: 'attached' });
      await eventually('the page is at rest', () => underWay.size === 0);
    },
  };
}
