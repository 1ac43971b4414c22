import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip({ environments: { staging: { optional_checks: ['e2e'] } } });
  await ship.ship('production');
});
afterAll(() => ship.close());

async function arrive(search = '', options?: VisitOptions): Promise<Page> {
  const page = await visit(ship.api.address, options);
  await signIn(page, ship.api, 'owner');
  await page.goto(`apps/harbor/ship${search}`);
  await page.getByRole('heading', { level: 1, name: 'Ship harbor' }).waitFor();
  await page.locator('[data-live="connected"]').first().waitFor({ state: 'attached' });
  return page;
}

const button = (page: Page) => page.getByRole('button', { name: 'Ship it!' });
const commit = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });
const deploysOf = (environment: string) =>
  ship.client.call(api.listDeploys, { query: { app: 'harbor', environment, limit: 50 } });

describe('shipping', () => {
  it('begins with nothing chosen, shows exactly what goes out, and ships up to the commit one chooses', async () => {
    await ship.push('Berths');
    const tides = await ship.push('Tides');
    await ship.push('Wind');
    const page = await arrive();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await button(page).count()).toBe(0);
    await expectAccessible(page);

    await page.getByRole('radio', { name: /production/ }).check();
    await page.getByRole('heading', { name: '3 commits go out to production' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'What' }).inputValue()).toBe('main');
    await page.getByText('Nothing stops it').waitFor();
    await expectAccessible(page);

    const check = {
      name: 'unit',
      status: 'completed',
      conclusion: 'failure',
      summary: 'ebbs too early',
    } as const;
    await ship.client.call(api.reportCheck, { params: { repository: 'harbor', sha: tides }, body: check });
    await commit(page, 'Tides').getByRole('button', { name: 'Checks failed: 1 failed' }).click();
    const details = page.getByRole('dialog', { name: 'Checks failed: 1 failed' });
    await details.getByText('ebbs too early').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: '3 commits go out to production' }).waitFor();

    await page.getByRole('button', { name: /^Ship up to .*: Tides$/ }).click();
    await page.getByRole('heading', { name: '2 commits go out to production' }).waitFor();
    await commit(page, 'Wind').getByText('stays behind').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '2 commits go out to production' }).waitFor();
    await button(page).click();
    await page.waitForURL('**/apps/harbor/production/deploys/*');
    const [deploy] = (await deploysOf('production')).items;
    expect(deploy?.sha).toBe(tides);
    if (deploy) await ship.until(deploy, 'succeeded');
  });

  it('begins at an app when one comes from anywhere: none is chosen, and what is locked says so', async () => {
    const lock = await ship.lock({ app: 'harbor', environment: 'production' }, 'Regatta');
    const page = await visit(ship.api.address);
    await signIn(page, ship.api, 'owner');
    await page.goto('.');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Ship' }).waitFor();
    const harbor = page.getByRole('main').getByRole('listitem').filter({ hasText: 'harbor' }).first();
    await harbor.getByText(`Locked by ${lock.created_by}`).waitFor();
    await expectAccessible(page);
    await harbor.getByRole('link', { name: 'harbor' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ship harbor' }).waitFor();
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await ship.unlock(lock);
  });

  it('happens once, however often one presses', async () => {
    await ship.push('Lanterns');
    await ship.closeGate('production');
    const before = (await deploysOf('production')).items.length;
    const page = await arrive('?environment=production');
    await button(page).dblclick();
    await page.waitForURL('**/apps/harbor/production/deploys/*');
    expect((await deploysOf('production')).items.length).toBe(before + 1);

    await page.goto('apps/harbor/ship?environment=production');
    await page.getByText('It is running there already').waitFor();
    expect(await button(page).isDisabled()).toBe(true);
    await ship.openGate('production');
    await page.getByRole('heading', { name: 'It is live in production already' }).waitFor();
    expect(await button(page).isDisabled()).toBe(true);
    await page.getByLabel('Ship it again').check();
    await page.getByLabel('Why').fill('the host was replaced');
    await expectAccessible(page);
    await button(page).click();
    await page.waitForURL('**/apps/harbor/production/deploys/*');
    const [again] = (await deploysOf('production')).items;
    expect(again?.force_reason).toBe('the host was replaced');
    if (again) await ship.until(again, 'succeeded');
  });

  it('ships nothing that nobody has looked at: a ref that moved is shown first', async () => {
    const page = await visit(ship.api.address, { tolerate: [/status of 409/, /ERR_FAILED/] });
    await signIn(page, ship.api, 'owner');
    await page.route('**/api/v1/events', (route) => route.abort());
    await ship.push('Looked at');
    await page.goto('apps/harbor/ship?environment=production');
    await page.getByRole('heading', { name: '1 commit goes out to production' }).waitFor();
    await ship.push('Not looked at');
    await button(page).click();
    await page.getByRole('alert').getByText('main has moved').waitFor();
    await page.getByRole('heading', { name: '2 commits go out to production' }).waitFor();
    await button(page).click();
    await page.waitForURL('**/apps/harbor/production/deploys/*');
    const [deploy] = (await deploysOf('production')).items;
    expect(deploy?.title).toBe('Not looked at');
    if (deploy) await ship.until(deploy, 'succeeded');
  });

  it('says where it would wait, why, and who can clear it; and goes when that is cleared', async () => {
    const sha = await ship.push('Behind a lock');
    const lock = await ship.lock({ app: 'harbor', environment: 'production' }, 'The tide tables **move**');
    const page = await arrive('?environment=production');
    await page.getByRole('radio', { name: /production.*Locked by/ }).waitFor();
    await page.getByText('The tide tables move').waitFor();
    await page.getByRole('heading', { name: 'It would wait' }).waitFor();
    await page.getByText(`Cleared by: ${lock.created_by}`).waitFor();
    await expectAccessible(page);
    await button(page).click();
    await page.waitForURL('**/apps/harbor/production/deploys/*');
    const [waiting] = (await deploysOf('production')).items;
    expect(waiting).toMatchObject({ state: 'queued', sha });
    await ship.unlock(lock, true);
    if (waiting) await ship.until(waiting, 'succeeded');
  });

  it('may go without an optional check, with a reason', async () => {
    const page = await arrive('?environment=staging');
    await page.getByRole('heading', { name: 'The first deploy to staging' }).waitFor();
    await page.getByLabel('Do not wait for the optional check').check();
    expect(await button(page).isDisabled()).toBe(true);
    await page.getByLabel('Why').fill('CI is down');
    await button(page).click();
    await page.waitForURL('**/apps/harbor/staging/deploys/*');
    const [deploy] = (await deploysOf('staging')).items;
    expect(deploy?.force_reason).toBe('CI is down');
    if (deploy) await ship.until(deploy, 'succeeded');
  });
});

describe('what one ships', () => {
  it('is found among branches, commits and what was there before, by the keyboard', async () => {
    const page = await arrive('?environment=production');
    const field = page.getByRole('combobox', { name: 'What' });
    await field.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: /^:previous/ }).waitFor();
    await field.fill('Lant');
    await page.getByRole('option', { name: /Lanterns/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^It goes back: \d+ commits are taken away/ }).waitFor();
    await page.getByRole('heading', { name: 'Taken away', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Back to main' }).click();
    await page.getByRole('heading', { name: 'It is live in production already' }).waitFor();
  });

  it('is told to be nothing where it is', async () => {
    const page = await arrive('?environment=production&ref=no/such/branch', { tolerate: [/status of 400/] });
    await page.getByRole('alert').getByText('no/such/branch').first().waitFor();
    await expectAccessible(page);
    expect(await button(page).count()).toBe(0);
  });

  it('is not for those who may only look: they are told who may', async () => {
    const page = await visit(ship.api.address);
    await signIn(page, ship.api, 'viewer');
    await page.goto('apps/harbor/ship?environment=production');
    await page.getByText('Members of team web may').waitFor();
    expect(await button(page).count()).toBe(0);
    await expectAccessible(page);
  });

  it('can be shipped from a phone', async () => {
    await ship.push('From a phone');
    const page = await arrive('?environment=production', { narrow: true });
    await page.getByRole('heading', { name: '1 commit goes out to production' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await expectAccessible(page);
    await button(page).tap();
    await page.waitForURL('**/apps/harbor/production/deploys/*');
  });
});
