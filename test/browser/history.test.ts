import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function open(path: string, options?: VisitOptions): Promise<Page> {
  const page = await visit(ship.api.address, options);
  await signIn(page, ship.api, 'member', ['web']);
  await page.goto(path);
  return page;
}

const rows = (page: Page) => page.getByRole('table', { name: 'Deploys' }).getByRole('rowheader');

describe('the history', () => {
  it('is filtered by what stands in the address, and the address by what one chooses', async () => {
    const page = await open('deploys?kind=rollback');
    await rows(page).getByText('harbor/production#3').waitFor();
    expect(await rows(page).count()).toBe(1);
    expect(await page.getByLabel('Kind').inputValue()).toBe('rollback');

    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await rows(page).nth(3).waitFor();
    await page.getByLabel('Title, ref, author or sha').fill('buoy');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/deploys?text=buoy');
    await rows(page).nth(1).waitFor({ state: 'detached' });
    await rows(page).getByText('harbor/production#2').waitFor();

    await page.getByLabel('Environment').selectOption('staging');
    await page.getByText('No deploy is like that').waitFor();
    await page.getByRole('button', { name: 'Show all deploys' }).click();
    await rows(page).nth(3).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('has a bar a day that the keyboard reaches, and a table of the same', async () => {
    const page = await open('deploys');
    const today = page.getByRole('button', { name: '4 succeeded, one was a rollback' });
    await today.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/no deploys$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/deploys?since=*&until=*');
    expect(await today.getAttribute('aria-pressed')).toBe('true');
    await rows(page).nth(3).waitFor();
    // The day says in a tip what it shows, until one has read it.
    await page.getByRole('tooltip').getByText('4 succeeded, one was a rollback').waitFor();
    await page.keyboard.press('Escape');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'As a table' }).click();
    const cells = page.getByRole('region', { name: 'Deploys a day' }).getByRole('cell');
    expect(await cells.allInnerTexts()).toEqual(['4', '0', '0', '1']);
    await expectAccessible(page);
  });

  it('ships a commit again from its row, once', async () => {
    const page = await open('deploys');
    await page.getByRole('button', { name: 'Actions for harbor/staging#1' }).click();
    await page.getByRole('menuitem', { name: 'Ship this commit again…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ship it again' }).dblclick();
    await page.waitForURL('**/apps/harbor/staging/deploys/2');
    expect((await ship.environment('staging')).last).toMatchObject({ number: 2, kind: 'redeploy' });
  });

  it('fits a phone', async () => {
    const page = await open('deploys', { narrow: true });
    await rows(page).first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.getByLabel('Kind').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'More filters' }).click();
    await page.getByLabel('Kind').waitFor();
  });
});
