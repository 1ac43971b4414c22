import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, type Ship } from '../harness/ship.ts';
import { hire, signIn } from './harness/people.ts';
import { watchRequests } from './harness/requests.ts';
import { expectToLookAsBefore, whyIncomparable } from './harness/snapshot.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
  await ship.push('Tides: low water too');
  await ship.ship('production');
  await ship.push('Berths: the Aurora has sailed');
  await ship.push('Wind: an arrow that turns');
  await ship.ship('staging');
  await ship.push('One colour for production, another for the rest');
  await ship.lock({ app: 'harbor', environment: 'production' }, 'Regatta: nothing goes out before Monday');
  await hire(ship.api, 'member', { username: 'mira' });
  await ship.client.call(api.createTeam, { body: { slug: 'harbor-office' } });
  await ship.client.call(api.createProject, {
    body: { name: 'Storefront', team: 'harbor-office', platform: 'node' },
  });
});
afterAll(() => ship.close());

interface Screen {
  readonly path: string;
  /** Until then it is not there. */
  readonly until: string | RegExp;
  /** What else is done before it is looked at. */
  readonly act?: (page: Page) => Promise<void>;
}

const screens: Readonly<Record<string, Screen>> = {
  overview: { path: '.', until: 'Wind: an arrow that turns' },
  ladder: { path: 'apps/harbor', until: 'Tides: low water too' },
  ship: { path: 'apps/harbor/ship?environment=production', until: 'Ship it!' },
  deploy: { path: 'apps/harbor/staging/deploys/1', until: /succeeded:/ },
  deploys: { path: 'deploys', until: 'harbor/production#1' },
  project: { path: 'projects/storefront', until: /^https?:\/\// },
  settings: { path: 'settings/users', until: 'mira' },
  lock: {
    path: 'apps/harbor',
    until: 'Tides: low water too',
    act: async (page) => {
      await page.getByRole('button', { name: 'Lock…', exact: true }).click();
      await page.getByRole('dialog').getByText('New deploys wait').waitFor();
    },
  },
};

// Between them both themes and both widths: what breaks in the other two is a rule of one of these.
it.for([
  { theme: 'light', narrow: false },
  { theme: 'dark', narrow: true },
] as const)('the main screens look as they did, $theme', async ({ theme, narrow }, { skip }) => {
  const page = await visit(ship.api.address, { theme, narrow });
  const incomparable = await whyIncomparable(page);
  if (incomparable !== undefined) return skip(incomparable);
  const requests = watchRequests(page);
  await signIn(page, ship.api, 'owner');
  for (const [name, { path, until, act }] of Object.entries(screens)) {
    await page.goto(path);
    await page.getByRole('main').getByText(until).first().waitFor();
    await requests.atRest();
    await act?.(page);
    await expectToLookAsBefore(page, `${name}-${theme}`);
  }
  return undefined;
});

it('a change of the look is noticed', async ({ skip }) => {
  const page = await visit(ship.api.address);
  const incomparable = await whyIncomparable(page);
  if (incomparable !== undefined || process.env.SLIPWAY_DRAW_SNAPSHOTS === '1') return skip(incomparable);
  const requests = watchRequests(page);
  await signIn(page, ship.api, 'owner');
  await page.goto('settings/users');
  await page.getByRole('main').getByText('mira').first().waitFor();
  await requests.atRest();
  await page.evaluate(() => document.querySelector('h1')?.replaceChildren('Everybody who may sign in'));
  await expect(expectToLookAsBefore(page, 'settings-light')).rejects.toThrow('looks different');
  return undefined;
});
