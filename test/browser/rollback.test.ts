import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { createShip, eventually, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeEach(async ({ onTestFinished }) => {
  ship = await createShip();
  onTestFinished(() => ship.close());
});

/** The overview, for a member of the team that has harbor. */
async function overview(options?: VisitOptions): Promise<Page> {
  const page = await visit(ship.api.address, options);
  await signIn(page, ship.api, 'member', ['web']);
  await page.goto('.');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  return page;
}

async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions for harbor/production' }).click();
  await page.getByRole('menuitem', { name }).click();
}

async function shipThree(): Promise<[first: string, second: string, third: string]> {
  const shas: string[] = [];
  for (const message of ['Light the lamp', 'Paint the buoy', 'Break the pier']) {
    shas.push(await ship.push(message));
    await ship.ship('production');
  }
  return shas as [string, string, string];
}

describe('rolling back', () => {
  it('on a phone takes three taps, shows what it takes away, and locks', async () => {
    const [, second] = await shipThree();
    const page = await overview({ narrow: true });
    await act(page, 'Roll back…');
    const dialog = page.getByRole('dialog', { name: 'Roll back harbor/production' });
    await dialog.getByText('It takes away one commit').waitFor();
    await dialog.getByRole('list', { name: 'Commits it takes away' }).getByText('Break the pier').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: `Roll back to ${second.slice(0, 8)}` }).click();
    await page.waitForURL('**/apps/harbor/production/deploys/4');
    await eventually('the second is live', async () => (await ship.liveSha('production')) === second);
    const { locks } = await ship.environment('production');
    expect(locks).toMatchObject([{ scope: 'harbor/production', created_by: 'member.web' }]);
    expect(locks[0]?.reason).toContain('#3');
  });

  it('leads to another release that was good, and without a lock when none is wanted', async () => {
    const [first] = await shipThree();
    const page = await overview();
    await act(page, 'Roll back…');
    const dialog = page.getByRole('dialog', { name: 'Roll back harbor/production' });
    await dialog.getByLabel('Go back to').selectOption('1');
    await dialog.getByText('It takes away 2 commits').waitFor();
    await dialog.getByRole('checkbox', { name: 'Lock harbor/production at once' }).uncheck();
    await dialog.getByRole('button', { name: 'Roll back to' }).dblclick();
    await page.waitForURL('**/apps/harbor/production/deploys/4');
    await eventually('the first is live', async () => (await ship.liveSha('production')) === first);
    const { last, locks } = await ship.environment('production');
    expect(last?.number).toBe(4);
    expect(locks).toEqual([]);
  });

  it('after a deploy that failed brings back what was live, and says that in doubt', async () => {
    const good = await ship.push('Light the lamp');
    await ship.ship('production');
    await ship.configure({ app: { steps: [{ name: 'Release', run: 'exit 3' }] } });
    await ship.push('Break the pier');
    await ship.until(await ship.deploy('production'), 'failed');
    const page = await overview();
    await page.getByText('In doubt: #2 failed').waitFor();
    await act(page, 'Roll back…');
    const dialog = page.getByRole('dialog', { name: 'Roll back harbor/production' });
    await dialog.getByText('Last attempt, failed').waitFor();
    await dialog.getByRole('list', { name: 'Commits it takes away' }).getByText('Break the pier').waitFor();
    await dialog.getByRole('button', { name: `Roll back to ${good.slice(0, 8)}` }).waitFor();
  });

  it('says what it cannot do in the dialog, and lets nothing happen', async () => {
    await shipThree();
    const page = await overview({ tolerate: [/409/] });
    await act(page, 'Roll back…');
    const dialog = page.getByRole('dialog', { name: 'Roll back harbor/production' });
    await dialog.getByText('It takes away one commit').waitFor();
    // Somebody else is quicker.
    await ship.until(await ship.rollback('production', '#2'), 'succeeded');
    await dialog.getByRole('button', { name: 'Roll back to' }).click();
    await dialog.getByRole('alert').getByText('is live in harbor/production already').waitFor();
    expect((await ship.environment('production')).last?.number).toBe(4);
  });

  it('is offered by the palette, and has nowhere to go after a single release', async () => {
    await ship.push('Light the lamp');
    await ship.ship('production');
    const page = await overview();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to or do' }).fill('roll back prod');
    await page.getByRole('option', { name: 'Roll back harbor/production' }).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Roll back harbor/production' });
    await dialog.getByText('There is nothing to go back to').waitFor();
    await dialog.getByText('Close', { exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  });
});
