import { afterAll, beforeAll, describe, it } from 'vitest';
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
    await ship.openGate('staging');
    await ship.until(deploy, 'succeeded');
    await row.getByText('Succeeded').waitFor();
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
