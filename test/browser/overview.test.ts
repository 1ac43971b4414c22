import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createTestApi } from '../harness/api.ts';
import { scoped } from '../harness/scoped.ts';
import { createShip, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
  await ship.push('Light the lamp');
  await ship.ship('staging');
  await ship.ship('production');
  await ship.push('Paint the buoy');
  await ship.ship('production');
  await ship.until(await ship.rollback('production'), 'succeeded');
});
afterAll(() => ship.close());

async function open(options?: VisitOptions): Promise<Page> {
  const page = await visit(ship.api.address, options);
  await signIn(page, ship.api, 'member', ['web']);
  await page.goto('.');
  return page;
}

describe('the overview', () => {
  it('shows what is live where and the figures, in both themes and on a phone', async () => {
    for (const narrow of [false, true]) {
      const page = await open({ narrow });
      await page.getByRole('cell').getByText('Light the lamp').first().waitFor();
      await page.getByText('Change failure rate').waitFor();
      await page.getByText('50 %').waitFor();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(narrow ? 390 : 1280);
    }
  });

  it('shows what moves while it moves', async () => {
    const page = await open();
    await ship.closeGate('staging');
    await ship.push('Mend the pier');
    const deploy = await ship.deploy('staging');
    await page.getByRole('heading', { name: 'Moving' }).waitFor();
    await page.getByRole('progressbar', { name: deploy.name }).waitFor();
    await expectAccessible(page);
    await ship.openGate('staging');
    await ship.until(deploy, 'succeeded');
    await page.getByRole('heading', { name: 'Moving' }).waitFor({ state: 'hidden' });
    await page.getByRole('cell').getByText('Mend the pier').waitFor();
  });

  it('is a welcome where nothing is declared, whose file can be applied as it is', async () => {
    const empty = await scoped(createTestApi());
    const page = await visit(empty.address);
    await signIn(page, empty, 'owner');
    await page.goto('.');
    await page.getByRole('heading', { name: 'Welcome to Slipway' }).waitFor();
    await expectAccessible(page);
    const text = await page.getByRole('region', { name: 'The smallest slipway.yml' }).innerText();
    await empty.machine.call(api.applyConfiguration, { body: { text } });
    // Nothing was ever fetched, no runner was started: the page follows by itself.
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByText('No runner is alive').waitFor();
    await page.getByRole('rowheader', { name: 'harbor' }).waitFor();
    await page.getByText('Nothing yet').first().waitFor();
    await expectAccessible(page);
  });
});
