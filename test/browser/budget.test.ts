import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShip, type Ship } from '../harness/ship.ts';
import { signIn } from './harness/people.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
  await ship.ship('staging');
});
afterAll(() => ship.close());

/** Of compressed JavaScript, for a first visit. Chromium takes gzip on plain http; with Brotli it is a seventh less. */
const budgetBytes = 150_000;

describe('a first visit', () => {
  it.each(['/', '/deploys', '/apps/harbor'])('of %s loads little', async (path) => {
    const page = await visit(ship.api.address);
    await signIn(page, ship.api, 'owner');
    const scripts: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script')
        scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
    });
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    await page.locator('[data-live="connected"]').first().waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(budgetBytes);
  });
});
