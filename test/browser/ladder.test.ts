import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, eventually, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let ship: Ship;
beforeAll(async () => {
  ship = await createShip({
    app: { paths: ['app/**'] },
    environments: { production: { required_checks: ['unit'] } },
  });
  await ship.push('Berths', { files: { 'app/berths': '1' } });
  await ship.ship('staging');
  await ship.push('Tides: low water too (#24)', { files: { 'app/tides': '1' } });
  await ship.push('Repair the mole', { files: { 'docs/mole': '1' } });
  await ship.push('Wind', { files: { 'app/wind': '1' } });
});
afterAll(() => ship.close());

async function arrive(role: 'owner' | 'viewer' = 'owner', options?: VisitOptions): Promise<Page> {
  const page = await visit(ship.api.address, options);
  await signIn(page, ship.api, role);
  await page.goto('apps/harbor');
  await rung(page, 'Wind').waitFor();
  await page.locator('[data-live="connected"]').first().waitFor({ state: 'attached' });
  return page;
}

const rung = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });
const titles = (page: Page) =>
  page.getByRole('row').getByRole('button', { expanded: false }).allTextContents();

describe('the ladder', () => {
  it('shows where environments stand, and what concerns the app', async () => {
    const page = await arrive();
    await expect.poll(() => page.title()).toBe('harbor · Slipway');
    await rung(page, 'Berths').getByText('live in staging').waitFor();
    await rung(page, 'Initial commit').getByText('in staging', { exact: true }).waitFor();
    expect(await rung(page, 'Wind').getByText('in staging').count()).toBe(0);
    await rung(page, 'Repair the mole').getByText('does not touch harbor').waitFor();
    await rung(page, 'Tides: low water too').getByText('#24', { exact: true }).waitFor();
    await expectAccessible(page);
  });

  it('draws what would ship between the pin and the commit one looks at', async () => {
    const page = await arrive();
    const repair = rung(page, 'Repair the mole');
    await repair.hover();
    await repair.getByRole('link', { name: 'Ship to staging: 2 out' }).waitFor();
    await repair.getByRole('link', { name: 'Ship to production: first deploy' }).waitFor();
    await rung(page, 'Initial commit').hover();
    await rung(page, 'Initial commit').getByRole('link', { name: 'Ship to staging: 1 back' }).waitFor();
    await expectAccessible(page);
  });

  it('is gone through, opened and shipped from by the keyboard alone', async () => {
    const page = await arrive();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    const chosen = page.locator('[role=row][aria-current=true]');
    expect(await chosen.textContent()).toContain('Repair the mole');
    expect(await chosen.evaluate((row) => row === document.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    await chosen.getByText('No check was reported on it').waitFor();
    await chosen.getByRole('link', { name: 'Ship to staging…' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await chosen.getByText('No check was reported on it').waitFor({ state: 'hidden' });

    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('s');
    await page.getByRole('heading', { level: 1, name: 'Ship harbor' }).waitFor();
    await page.getByRole('heading', { name: '2 commits go out to staging' }).waitFor();
  });

  it('follows what happens: a commit that is fetched, a check, a deploy and its pin', async () => {
    const page = await arrive('viewer');
    const sha = await ship.push('Lanterns', { files: { 'app/lanterns': '1' } });
    const lanterns = rung(page, 'Lanterns');
    await lanterns.waitFor();
    expect((await titles(page))[0]).toBe('Lanterns');

    const check = { name: 'unit', status: 'completed', conclusion: 'failure' } as const;
    await ship.client.call(api.reportCheck, { params: { repository: 'harbor', sha }, body: check });
    await lanterns.getByText('A check failed').waitFor();
    await lanterns.getByText('stops production').waitFor();
    await ship.client.call(api.reportCheck, {
      params: { repository: 'harbor', sha },
      body: { ...check, conclusion: 'success' },
    });
    await lanterns.getByText('Checks passed').waitFor();

    await ship.closeGate('production');
    const deploy = await ship.deploy('production', sha);
    await lanterns.getByRole('link', { name: `${deploy.name} is running` }).waitFor();
    await ship.openGate('production');
    await lanterns.getByText('live in production').waitFor();
  });

  it('says on the rung what stops something there', async () => {
    const lock = await ship.lock({ app: 'harbor', environment: 'staging' }, 'The tide tables move');
    const wind = await ship.deploy('staging', await ship.repository.git('rev-parse', 'main~1'));
    const page = await arrive();
    await rung(page, 'Berths').getByText('staging is locked').waitFor();
    await rung(page, 'Berths').getByText('The tide tables move').waitFor();
    await rung(page, 'Wind').getByText(`staging#${wind.number} waits`).waitFor();
    await rung(page, 'Wind').getByText(`for the lock of ${lock.created_by}`).waitFor();
    await expectAccessible(page);
    await ship.unlock(lock);
    await rung(page, 'Wind').getByText(`staging#${wind.number} is held`, { exact: true }).waitFor();
    await ship.cancel(wind);
    await rung(page, 'Wind')
      .getByText(/^staging#\d+ is held/)
      .waitFor({ state: 'hidden' });
  });

  it('shows the commits of another ref, and says when there is none', async () => {
    await ship.push('A sail', { branch: 'feature/sail', files: { 'app/sail': '1' } });
    const page = await arrive('viewer', { tolerate: [/status of 400/] });
    const field = page.getByRole('combobox', { name: 'Commits of' });
    await field.click();
    await field.fill('sai');
    await page.getByRole('option', { name: 'feature/sail' }).click();
    await rung(page, 'A sail').waitFor();
    expect(page.url()).toContain('ref=feature%2Fsail');
    await page.reload();
    await rung(page, 'A sail').waitFor();

    await field.fill('no/such/ref');
    await field.press('Enter');
    await page.getByRole('alert').getByText('no/such/ref').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back to the default branch' }).click();
    await rung(page, 'Wind').waitFor();
  });

  it('fetches now when asked', async () => {
    const page = await arrive();
    await ship.repository.commit({ message: 'Not fetched yet' });
    await page.getByRole('button', { name: 'Fetch now' }).click();
    await rung(page, 'Not fetched yet').waitFor();
  });

  it('leads to where an environment stands, from the palette too', async () => {
    const page = await arrive('viewer');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to or do' }).fill('where staging');
    await page.getByRole('option', { name: 'Show where staging stands' }).click();
    const chosen = page.locator('[role=row][aria-current=true]');
    await chosen.getByText('live in staging').waitFor();
  });

  it('offers nothing to those who may only look', async () => {
    const page = await arrive('viewer');
    await rung(page, 'Wind').hover();
    await rung(page, 'Wind').getByText('out', { exact: false }).first().waitFor();
    const links = page.getByRole('main').getByRole('link', { name: /Ship/ });
    expect(await links.count()).toBe(0);
    expect(await page.getByRole('button', { name: /Roll back|Lock|Fetch now/ }).count()).toBe(0);
  });

  it('fits on a phone, where a touch opens a commit', async () => {
    const page = await arrive('owner', { narrow: true });
    await rung(page, 'Wind').getByRole('button', { name: 'Wind' }).tap();
    await rung(page, 'Wind').getByRole('link', { name: 'Ship to staging…' }).waitFor();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(tooWide).toBe(false);
    await expectAccessible(page);
  });

  it('says so where there is no such app', async () => {
    const page = await visit(ship.api.address, { tolerate: [/status of 404/] });
    await signIn(page, ship.api, 'viewer');
    await page.goto('apps/nowhere');
    await page.getByText('There is nothing at /apps/nowhere').waitFor();
  });
});

describe('thousands of commits', () => {
  it('are asked for by pages, and drawn where one looks, down to the first one', async () => {
    const first = await ship.repository.fastImport(history(5000));
    expect(first).toBe('');
    await ship.fetch();
    const page = await arrive('viewer');
    await page.goto('apps/harbor?ref=long');
    await rung(page, 'Commit 5000').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(100);
    await expectAccessible(page);

    await page.mouse.move(600, 600);
    await eventually('the first commit is in sight', async () => {
      await page.mouse.wheel(0, 10_000);
      return (await page.getByRole('row', { name: /Commit 1 / }).count()) > 0;
    });
    await page.getByText('All 5,000 commits').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(100);
  });
});

/** A branch "long" of so many commits, each on top of the one before, as `git fast-import` reads it. */
function history(count: number): string {
  const commits = Array.from({ length: count }, (_, index) => {
    const message = `Commit ${index + 1}`;
    const from = index === 0 ? '' : `from :${index}\n`;
    const at = 1_700_000_000 + index * 60;
    return `commit refs/heads/long\nmark :${index + 1}\ncommitter Ada <ada@example.com> ${at} +0000\ndata ${message.length}\n${message}\n${from}M 100644 inline app/n\ndata 1\n.\n\n`;
  });
  return commits.join('');
}
