import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { scoped } from '../harness/scoped.ts';
import { createShip, type Ship } from '../harness/ship.ts';
import { signIn } from './harness/people.ts';
import { browserForFile } from './harness/visitor.ts';
import { layWire } from './harness/wire.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
});
afterAll(() => ship.close());

describe('what happens on the server', () => {
  it('is on the screen at once, without anybody asking', async () => {
    const page = await visit(ship.api.address);
    await signIn(page, ship.api, 'viewer');
    await page.goto('deploys');
    await page.locator('[data-live="connected"]').first().waitFor();
    await ship.closeGate('staging');
    const deploy = await ship.deploy('staging');
    const row = page.getByRole('row', { name: deploy.name });
    await row.getByText('Running').waitFor();
    const before = Date.now();
    await ship.openGate('staging');
    await ship.until(deploy, 'succeeded');
    await row.getByText('Succeeded').waitFor();
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('is there within a quarter of a second', async () => {
    const page = await visit(ship.api.address);
    await signIn(page, ship.api, 'viewer');
    await page.goto('projects');
    await page.locator('[data-live="connected"]').first().waitFor();
    const tookMs: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
      const reason = `turn ${turn} of the tide`;
      const seen = page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const look = () => document.body.textContent?.includes(wanted) && resolve(Date.now());
            new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
          }),
        reason,
      );
      const lock = await ship.lock({}, reason);
      const since = Date.parse(lock.created_at);
      tookMs.push((await seen) - since);
      await ship.client.call(api.unlock, { params: { id: lock.id }, body: {} });
    }
    const [median = Number.POSITIVE_INFINITY] = tookMs.sort((a, b) => a - b).slice(5);
    expect(median).toBeLessThan(250);
  });

  it('is caught up with after the connection was lost, and people are told meanwhile', async () => {
    const wire = await scoped(layWire(ship.api.address));
    const page = await visit(wire.url, { tolerate: [/Failed to load resource|ERR_/] });
    await signIn(page, ship.api, 'viewer');
    await page.goto('deploys');
    await page.locator('[data-live="connected"]').first().waitFor();

    wire.cut();
    await page.getByText('The connection to Slipway is lost').waitFor();
    const { name } = await ship.deploy('production');
    wire.mend();
    await page.locator('[data-live="connected"]').first().waitFor();
    await page.getByText('The connection to Slipway is lost').waitFor({ state: 'hidden' });
    await page.getByRole('row', { name }).waitFor();
  });

  it('includes the lock of everything, said on every screen', async () => {
    const page = await visit(ship.api.address);
    await signIn(page, ship.api, 'viewer');
    await page.goto('projects');
    await page.locator('[data-live="connected"]').first().waitFor();
    const lock = await ship.lock({}, 'the database moves <b>today</b>');
    await page.getByText('Everything is locked').waitFor();
    await page.getByText('the database moves <b>today</b>').first().waitFor();
    await ship.client.call(api.unlock, { params: { id: lock.id }, body: {} });
    await page.getByText('Everything is locked').waitFor({ state: 'hidden' });
  });
});
