import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { createShip, eventually, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeEach(async ({ onTestFinished }) => {
  ship = await createShip();
  onTestFinished(() => ship.close());
});

async function overview(role: 'member' | 'viewer' | 'admin', teams: string[] = []): Promise<Page> {
  const page = await visit(ship.api.address, { tolerate: [/409/] });
  await signIn(page, ship.api, role, teams);
  await page.goto('.');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  return page;
}

describe('a lock', () => {
  it('is made with a reason and an end, and shown to everybody at once', async () => {
    const watcher = await overview('viewer');
    const page = await overview('member', ['web']);
    await page.getByRole('button', { name: 'Actions for harbor/production' }).click();
    await page.getByRole('menuitem', { name: 'Lock…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Lock harbor/production' });
    const lock = dialog.getByRole('button', { name: 'Lock harbor/production' });
    expect(await lock.isDisabled()).toBe(true);
    await dialog
      .getByLabel('Why')
      .fill('The **regatta**: <script>alert(1)</script> [plan](javascript:alert(1))');
    await dialog.getByRole('radio', { name: '4 hours' }).check();
    await expectAccessible(page);
    await lock.click();
    await dialog.waitFor({ state: 'hidden' });

    for (const each of [page, watcher]) {
      await each.getByText('harbor/production is locked').waitFor();
      await each.locator('strong', { hasText: 'regatta' }).waitFor();
      await each.getByText('<script>alert(1)</script>').waitFor();
      expect(await each.locator('a[href^="javascript"]').count()).toBe(0);
    }
    const [made] = (await ship.environment('production')).locks;
    const hours = (Date.parse(made?.expires_at ?? '') - Date.parse(made?.created_at ?? '')) / 3_600_000;
    expect(hours).toBeCloseTo(4, 1);
    expect(await watcher.getByRole('button', { name: 'Unlock' }).count()).toBe(0);
    await expectAccessible(watcher);
  });

  it('that is opened starts what waits, or leaves it held, as one says', async () => {
    await ship.push('Light the lamp');
    const lock = await ship.lock({ app: 'harbor' }, 'The regatta');
    const staging = await ship.deploy('staging');
    const page = await overview('member', ['web']);
    await page.getByText('Waits behind the lock on harbor').waitFor();
    await page.getByRole('button', { name: 'Unlock' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlock harbor' });
    await dialog.getByText('One deploy waits behind this lock').waitFor();
    await dialog.getByText('harbor/staging#1').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Unlock, start nothing' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Held', { exact: true }).waitFor();
    expect((await ship.show(staging)).state).toBe('queued');
    expect(lock.scope).toBe('harbor');

    await ship.lock({ app: 'harbor', environment: 'production' }, 'Again');
    const production = await ship.deploy('production');
    await page.getByText('harbor/production is locked').waitFor();
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('button', { name: 'Unlock and start what waits' }).click();
    await ship.until(production, 'succeeded');
  });

  it('of everything is an admin’s, and that it is there already is said where it was tried', async () => {
    const page = await overview('admin');
    await page.getByRole('button', { name: 'Actions for harbor/staging' }).click();
    await page.getByRole('menuitem', { name: 'Lock…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Everything' }).check();
    await dialog.getByLabel('Why').fill('The storm');
    await dialog.getByRole('button', { name: 'Lock everything' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Everything is locked').waitFor();
    const covered = async () => (await ship.environment('staging')).locks.length === 1;
    await eventually('staging is covered', covered);

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to or do' }).fill('lock staging');
    await page.getByRole('option', { name: 'Lock harbor/staging' }).click();
    await dialog.getByLabel('Why').fill('The regatta');
    // Somebody else is quicker.
    await ship.lock({ app: 'harbor', environment: 'staging' }, 'The tide');
    await dialog.getByRole('button', { name: 'Lock harbor/staging' }).click();
    await dialog.getByRole('alert').getByText('harbor/staging is already locked').waitFor();
  });
});
