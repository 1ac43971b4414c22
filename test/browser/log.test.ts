import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deploy } from '../../src/contract/deploys.ts';
import { scoped } from '../harness/scoped.ts';
import { expectAccessible } from './harness/accessible.ts';
import { createTalkingShip, lineOf, logOf, stateOf, type TalkingShip } from './harness/talkingShip.ts';
import { browserForFile } from './harness/visitor.ts';
import { layWire } from './harness/wire.ts';

const visit = browserForFile();
let ship: TalkingShip;
/** A deploy of three steps that has ended well. */
let done: Deploy;
beforeAll(async () => {
  ship = await createTalkingShip();
  done = await ship.ship('staging');
});
afterAll(() => ship.close());

const atEnd = (page: Page) =>
  logOf(page).evaluate((log) => log.scrollTop + log.clientHeight >= log.scrollHeight - 2);

describe('a log that is being written', () => {
  it('keeps the end of its log in view until one scrolls up, and offers to come back', async () => {
    const deploy = await ship.begin();
    const page = await ship.watch(visit, deploy);
    const many = (what: string) => Array.from({ length: 300 }, (_, i) => `${what} ${i + 1}\n`).join('');
    await ship.say(many('wave'));
    await logOf(page).getByText('wave 300', { exact: true }).waitFor();
    expect(await atEnd(page)).toBe(true);

    await logOf(page).hover();
    await page.mouse.wheel(0, -600);
    const back = page.getByRole('button', { name: 'Follow' });
    await back.waitFor();
    const inView = await page.locator('[data-line]').nth(20).getAttribute('data-line');
    await ship.say(many('swell'));
    await back.getByText('300 new').waitFor();
    expect(await page.locator(`[data-line="${inView}"]`).isVisible()).toBe(true);
    await back.click();
    await logOf(page).getByText('swell 300', { exact: true }).waitFor();
    await back.waitFor({ state: 'hidden' });
    await ship.end(deploy);
  });

  it('goes on where it stopped when the connection comes back', async () => {
    const wire = await scoped(layWire(ship.api.address));
    const deploy = await ship.begin();
    const tolerate = [/Failed to load resource|ERR_/];
    const page = await ship.watch(visit, deploy, { address: wire.url, tolerate });
    await ship.say('before the storm\n');
    await page.getByText('before the storm').waitFor();
    wire.cut();
    await page.getByText('The connection to the log broke').waitFor();
    await ship.say('during the storm\n');
    wire.mend();
    await logOf(page).getByText('during the storm').waitFor();
    await ship.say('after the storm\n');
    await logOf(page).getByText('after the storm').waitFor();
    const texts = await page.locator('[data-line]').allTextContents();
    expect(texts.filter((text) => text.includes('the storm'))).toHaveLength(3);
    await ship.end(deploy);
    await stateOf(page).getByText('Succeeded').waitFor();
  });
});

describe('a log', () => {
  it('has its colours from line to line, and its addresses as links', async () => {
    const page = await ship.watch(visit, done, { role: 'viewer' });
    const red = lineOf(page, 3).getByText('red', { exact: true });
    expect(await red.evaluate((text) => getComputedStyle(text).color)).toBe('rgb(255, 148, 132)');
    const weight = (text: string) =>
      logOf(page)
        .getByText(text, { exact: true })
        .evaluate((element) => getComputedStyle(element).fontWeight);
    expect(await weight('still bold')).toBe('700');
    await page.getByRole('textbox', { name: 'Search the log' }).fill('at 100 %');
    const link = logOf(page).getByRole('link', { name: 'https://example.com/build?a=1' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await logOf(page).getByText('at 100 %').waitFor();
    expect(await logOf(page).getByText('at 10 %', { exact: true }).count()).toBe(0);
  });

  it('is linked to by lines, alone and from one to another', async () => {
    const page = await ship.watch(visit, done, { role: 'viewer' });
    await lineOf(page, 5).getByRole('link', { name: 'Line 5' }).click();
    expect(new URL(page.url()).hash).toBe('#L5');
    await lineOf(page, 9)
      .getByRole('link', { name: 'Line 9' })
      .click({ modifiers: ['Shift'] });
    expect(new URL(page.url()).hash).toBe('#L5-L9');
    await page.getByText('Lines 5–9').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy text' }).click();
    await page.getByText('Text copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(
      'module 1 of 400\nmodule 2 of 400\nmodule 3 of 400\nmodule 4 of 400\nmodule 5 of 400\n',
    );

    const other = await ship.watch(visit, done, { role: 'viewer', hash: '#L300' });
    await lineOf(other, 300).getByText('module 296 of 400').waitFor();
    expect(await lineOf(other, 300).isVisible()).toBe(true);
  });

  it('is searched to its end, by keys alone', async () => {
    const page = await ship.watch(visit, done, { role: 'viewer' });
    await lineOf(page, 1).waitFor();
    await page.keyboard.press('s');
    await page.keyboard.type('39 of');
    await page.getByText('1 of 4', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 4', { exact: true }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    await page.getByText('4 of 4', { exact: true }).waitFor();
    await logOf(page).locator('mark', { hasText: '39 of' }).first().waitFor();
    expect(await logOf(page).getByText('module 339 of').first().isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('4 of 4', { exact: true }).waitFor({ state: 'hidden' });
  });

  it('is folded by steps, unfolded by what leads into it, and gone to by the step’s name', async () => {
    const page = await ship.watch(visit, done, { role: 'viewer' });
    await page.getByRole('button', { name: 'Lines of step 1' }).click();
    await logOf(page).getByText('404 lines').waitFor();
    await logOf(page).getByText('▸ step 3/3 Check').waitFor();
    expect(await lineOf(page, 20).count()).toBe(0);
    await page.getByRole('textbox', { name: 'Search the log' }).fill('module 200 of');
    await logOf(page).locator('mark', { hasText: 'module 200 of' }).waitFor();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect.poll(() => logOf(page).getByText('▸ step 3/3 Check').isVisible()).toBe(true);
  });

  it('is wrapped on a phone, and scrolls to its very end', async () => {
    const page = await ship.watch(visit, done, { role: 'viewer', narrow: true });
    await lineOf(page, 2).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await logOf(page).press('End');
    await logOf(page)
      .getByText(/✓ harbor\/staging#1 succeeded/)
      .waitFor();
    await expectAccessible(page);
  });

  it('is accessible, with everything on it', async () => {
    const page = await ship.watch(visit, done, { hash: '#L4-L6' });
    await page.getByRole('button', { name: 'Re-deploy' }).waitFor();
    await page.getByRole('textbox', { name: 'Search the log' }).fill('module 4');
    await page.getByText('1 of 12', { exact: true }).waitFor();
    await expectAccessible(page);
  });
});
