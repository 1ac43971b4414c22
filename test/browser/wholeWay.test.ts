import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hire, password } from './harness/people.ts';
import { createTalkingShip, logOf, stateOf, type TalkingShip } from './harness/talkingShip.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let ship: TalkingShip;
beforeAll(async () => {
  ship = await createTalkingShip();
  await hire(ship.api, 'member', { username: 'ana', teams: ['web'] });
});
afterAll(() => ship.close());

it('sign in, ship, watch, cancel what follows, roll back, and unlock', async () => {
  await ship.ship('production');
  const good = await ship.push('Paint the buoy');
  await ship.ship('production');
  const page = await visit(ship.api.address);
  await page.goto('.');
  await page.getByLabel('Username').fill('ana');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

  // One that goes well, watched to its end.
  await ship.push('Break the pier');
  await ship.closeGate('production');
  await shipToProduction(page, 'Break the pier');
  await page.waitForURL('**/production/deploys/3');
  await stateOf(page).getByText('Running', { exact: true }).waitFor();
  await ship.say('the pier is next\n');
  await logOf(page).getByText('the pier is next').waitFor();
  await ship.openGate('production');
  await stateOf(page).getByText('Live in production').waitFor();

  // One that is thought better of.
  await ship.push('Burn the pier');
  await ship.closeGate('production');
  await shipToProduction(page, 'Burn the pier');
  await page.waitForURL('**/production/deploys/4');
  await logOf(page).getByText('module 400 of 400').waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the deploy' }).click();
  await stateOf(page).getByText('Cancelled').first().waitFor();
  await ship.openGate('production');

  // Back past both.
  await page.getByRole('button', { name: 'Roll back', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back harbor/production' });
  await dialog.getByLabel('Go back to').selectOption('2');
  const taken = dialog.getByRole('list', { name: 'Commits it takes away' });
  await taken.getByText('Break the pier').waitFor();
  await dialog.getByRole('button', { name: `Roll back to ${good.slice(0, 8)}` }).click();
  await page.waitForURL('**/production/deploys/5');
  await stateOf(page).getByText('Live in production').waitFor();
  expect(await ship.liveSha('production')).toBe(good);

  // The rollback locked it; what is shipped now waits, until somebody unlocks.
  await shipToProduction(page, 'Burn the pier');
  await page.waitForURL('**/production/deploys/6');
  await page.getByRole('heading', { name: 'Why it is not moving' }).waitFor();
  await page.getByText('harbor/production is locked', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('button', { name: 'Unlock and start what waits' }).click();
  await stateOf(page).getByText('Live in production').waitFor();
  await page.getByText('harbor/production is locked', { exact: true }).waitFor({ state: 'hidden' });
  expect((await ship.environment('production')).locks).toEqual([]);
});

it('sign in and ship, by the keyboard alone', async () => {
  const page = await visit(ship.api.address);
  await page.goto('.');
  await onFocus(page.getByLabel('Username'));
  await page.keyboard.type('ana');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.getByRole('heading', { level: 1, name: 'Ship', exact: true }).waitFor();
  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'harbor' }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Ship harbor' }).waitFor();
  await tabTo(page, page.getByRole('radio', { name: /staging/ }));
  await page.keyboard.press('Space');
  await page.getByRole('radio', { name: /staging/, checked: true }).waitFor();
  await page.getByRole('heading', { name: 'The first deploy to staging' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Ship it!' }));
  await page.keyboard.press('Enter');

  await page.waitForURL('**/staging/deploys/1');
  await onFocus(page.getByRole('heading', { level: 1, name: 'harbor/staging#1' }));
  await stateOf(page).getByText('Live in staging').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Re-deploy' }));
});

/** From wherever one is, by the navigation, when what goes out is in view. */
async function shipToProduction(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Ship' }).click();
  await page.getByRole('main').getByRole('link', { name: 'harbor' }).click();
  await page.getByRole('radio', { name: /production/ }).check();
  await page.getByRole('region', { name: 'What it does' }).getByText(title).waitFor();
  await page.getByRole('button', { name: 'Ship it!' }).click();
}

const onFocus = (target: Locator) => expect.poll(() => hasFocus(target), { timeout: 45_000 }).toBe(true);
const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Presses Tab until the target is reached, as people do, and sees that it shows where one is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; !(await hasFocus(target)); pressed++) {
    if (pressed === 100) throw new Error(`Tab does not lead to ${target}`);
    await page.keyboard.press('Tab');
  }
  expect(await target.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
}
