import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShip, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
  await ship.ship('staging');
});
afterAll(() => ship.close());

async function arrive(options?: Parameters<typeof visit>[1]) {
  const page = await visit(ship.api.address, options);
  await signIn(page, ship.api, 'owner');
  await page.goto('.');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return page;
}

describe('the way around', () => {
  it('is at the side of a wide window, and behind a button on a phone', async () => {
    const wide = await arrive();
    await wide.getByRole('navigation').getByRole('link', { name: 'harbor' }).waitFor();
    await expectAccessible(wide);

    const phone = await arrive({ narrow: true });
    expect(await phone.getByRole('navigation').isVisible()).toBe(false);
    await phone.getByRole('button', { name: 'Navigation' }).click();
    const drawer = phone.getByRole('dialog', { name: 'Slipway' });
    await drawer.getByRole('link', { name: 'Deploys' }).waitFor();
    await expectAccessible(phone);
    await drawer.getByRole('link', { name: 'Deploys' }).click();
    await phone.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    await drawer.waitFor({ state: 'hidden' });
  });

  it('can be gone without a mouse', async () => {
    const page = await arrive();
    await page.keyboard.press('Tab');
    await expectFocus(page, 'Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');

    await page.keyboard.press('g');
    await page.keyboard.press('d');
    const title = page.getByRole('heading', { level: 1, name: 'Deploys' });
    await title.waitFor();
    await expectFocus(page, 'Deploys');

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Go to Overview').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expectFocus(page, 'Deploys');
  });

  it('says so where there is nothing', async () => {
    const page = await arrive();
    await page.goto('nowhere/at/all');
    await page.getByText('There is nothing at /nowhere/at/all').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'To the overview' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
});

describe('the palette', () => {
  it('goes to what is typed, by the keyboard alone', async () => {
    const page = await arrive();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Go to or do' });
    await field.waitFor();
    await expectAccessible(page);
    await field.fill('harb');
    await page
      .getByRole('option', { name: /^harbor/ })
      .first()
      .waitFor();
    await field.fill('deplo');
    await page.getByRole('option', { name: 'Deploys', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    await field.waitFor({ state: 'hidden' });
  });

  it('finds commits by their words, and shows them among the others', async () => {
    const sha = await ship.push('Lantern: a second lens');
    const page = await arrive();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to or do' }).fill('lantern');
    await page.getByRole('option', { name: /^Lantern: a second lens/, selected: true }).waitFor();
    // Letters scattered over "Roll back harbor/staging" are no answer beside one.
    expect(await page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    const found = page.locator('[role=row][aria-current=true]');
    await found.getByRole('button', { name: 'Lantern: a second lens', expanded: true }).waitFor();
    expect(new URL(page.url()).search).toBe(`?commit=${sha}`);
  });

  it('does things too, and finds deploys by their sha', async () => {
    const page = await arrive();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Go to or do' });
    await field.fill('dark');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');

    await page.keyboard.press('Control+k');
    await field.fill((await ship.liveSha('staging'))?.slice(0, 10) ?? '');
    await page.getByRole('option', { name: /^harbor\/staging#1/ }).waitFor();
  });
});

describe('tips', () => {
  it('tell the exact time to the pointer, and leave on Escape', async () => {
    const page = await arrive();
    await page.goto('deploys');
    const time = page.getByRole('main').locator('time').first();
    await time.hover();
    const tip = page.getByRole('tooltip');
    await tip.waitFor();
    expect(await tip.textContent()).toMatch(/\d{4}.*\d\d:\d\d:\d\d/);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
  });
});

async function expectFocus(page: Awaited<ReturnType<typeof arrive>>, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, text);
}
