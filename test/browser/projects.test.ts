import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { expectAccessible } from './harness/accessible.ts';
import { hire, signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let test: TestApi;
beforeAll(async () => {
  test = await createTestApi({ environment: { SLIPWAY_URL_PREFIX: 'https://errors.example.com' } });
  for (const slug of ['web', 'ferry']) await test.machine.call(api.createTeam, { body: { slug } });
});
afterAll(() => test.close());

async function open(
  path: string,
  role: 'viewer' | 'member' | 'admin' | 'owner',
  options: VisitOptions & { teams?: string[] } = {},
): Promise<Page> {
  const page = await visit(test.address, { tolerate: [/40[049]/], ...options });
  await signIn(page, test, role, options.teams);
  await page.goto(path.slice(1));
  return page;
}

const create = (name: string, platform?: string) =>
  test.machine.call(api.createProject, { body: { name, team: 'web', ...(platform ? { platform } : {}) } });

describe('projects', () => {
  it('are made by a member of a team, and show the DSN with the code of its platform', async () => {
    const page = await open('/projects', 'member', {
      teams: ['web'],
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    await page.getByRole('button', { name: 'New project' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New project' });
    await dialog.getByLabel('Name').fill('Storefront');
    await dialog.getByLabel('Platform').fill('python-django');
    await dialog.getByLabel('Team').selectOption('web');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Create the project' }).dblclick();

    await page.getByRole('heading', { level: 1, name: 'Storefront' }).waitFor();
    await expect.poll(() => page.title()).toBe('Storefront · Slipway');
    const { dsn, secret_dsn, ...made } = await test.machine.call(api.showProject, {
      params: { project: 'storefront' },
    });
    expect(made.keys).toHaveLength(1);
    await page.getByText(`dsn="${dsn}"`).waitFor();
    await page.getByRole('tab', { name: 'Rust' }).click();
    await page.getByText('let _guard = sentry::init').waitFor();
    await page.getByRole('button', { name: 'Copy the DSN', exact: true }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(dsn);

    expect(await page.getByText(String(secret_dsn)).count()).toBe(0);
    await page.getByRole('button', { name: 'Show with its secret key' }).click();
    await page.getByText(String(secret_dsn)).waitFor();
    await expectAccessible(page);
  });

  it('are found by name and team, and by the address that says so', async () => {
    await create('Lighthouse');
    await create('Pilot boat');
    const page = await open('/projects', 'viewer');
    await page.getByLabel('Name, slug or id').fill('lightho');
    await page.getByRole('link', { name: 'Pilot boat' }).waitFor({ state: 'hidden' });
    expect(page.url()).toContain('?query=lightho');
    await page.reload();
    await page.getByRole('link', { name: 'Lighthouse' }).waitFor();
    await page.getByLabel('Team').selectOption('ferry');
    await page.getByText('No project is like that').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show all projects' }).click();
    await page.getByRole('link', { name: 'Pilot boat' }).waitFor();
    expect(await page.getByRole('button', { name: 'New project' }).count()).toBe(0);
  });

  it('are renamed and moved; one that was deleted meanwhile says so', async () => {
    await create('Bouy');
    const page = await open('/projects/bouy', 'admin');
    const watcher = await open('/projects', 'viewer');
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit Bouy' });
    await dialog.getByLabel('Name').fill('Buoy');
    await dialog.getByLabel('Slug').fill('buoy');
    await dialog.getByLabel('Team').selectOption('ferry');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Buoy' }).waitFor();
    expect(page.url()).toMatch(/\/projects\/buoy$/);
    await watcher.getByRole('row', { name: /Buoy.*ferry/ }).waitFor();

    await test.machine.call(api.deleteProject, { params: { project: 'buoy' }, query: { confirm: 'buoy' } });
    await page.getByText('There is no project with the slug or id buoy').waitFor();
    await page.getByRole('link', { name: 'All projects' }).click();
    await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
  });

  it('are deleted by their typed slug', async () => {
    await create('Old pier');
    const page = await open('/projects/old-pier', 'admin');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Old pier?' });
    const doIt = dialog.getByRole('button', { name: 'Delete the project' });
    await dialog.getByLabel('Type old-pier to confirm').fill('old');
    expect(await doIt.isDisabled()).toBe(true);
    await expectAccessible(page);
    await dialog.getByLabel('Type old-pier to confirm').fill('old-pier');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
    expect(await page.getByRole('link', { name: 'Old pier' }).count()).toBe(0);
  });
});

describe('keys', () => {
  it('are rotated without a gap: the old one retires, and is revoked when nothing sends with it', async () => {
    const { keys } = await create('Tides', 'node');
    const old = String(keys[0]?.public_key);
    const page = await open('/projects/tides', 'member', { teams: ['web'] });
    const watcher = await open('/projects/tides', 'viewer', { narrow: true });
    await page.getByRole('button', { name: 'Rotate' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rotate the key of Tides?' });
    await dialog.getByText('nothing that is sent is lost').waitFor();
    await dialog.getByRole('button', { name: 'Make the new key' }).dblclick();
    await dialog.waitFor({ state: 'hidden' });

    for (const each of [page, watcher]) {
      await each
        .getByRole('listitem')
        .filter({ hasText: old })
        .getByText('Retiring', { exact: true })
        .waitFor();
    }
    const { keys: now, dsn } = await test.machine.call(api.showProject, { params: { project: 'tides' } });
    expect(now.map((key) => key.state)).toEqual(['retiring', 'active']);
    await page.getByText(String(dsn), { exact: true }).first().waitFor();
    await expectAccessible(watcher);
    expect(await watcher.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await watcher.getByRole('button', { name: 'Revoke' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
    await watcher
      .getByRole('listitem')
      .filter({ hasText: old })
      .getByText('Revoked', { exact: true })
      .waitFor();
  });

  it('are labelled, retired and activated; the last one takes the typed slug to be revoked', async () => {
    const { keys } = await create('Wind');
    const page = await open('/projects/wind', 'member', { teams: ['web'] });
    const actions = page.getByRole('button', { name: `Actions of key ${keys[0]?.public_key.slice(0, 8)}` });
    await actions.click();
    await page.getByRole('menuitem', { name: 'Label…' }).click();
    await page.getByRole('dialog').getByLabel('Label').fill('the kiosk');
    await page.keyboard.press('Enter');
    await page.getByText('the kiosk').waitFor();

    await actions.click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    await page.getByText('Retiring', { exact: true }).waitFor();
    await actions.click();
    await page.getByRole('menuitem', { name: 'Activate' }).click();
    await page.getByText('Active', { exact: true }).waitFor();

    await actions.click();
    await page.getByRole('menuitem', { name: 'Revoke…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It is the last key that Wind accepts').waitFor();
    await dialog.getByLabel('Type wind to confirm').fill('wind');
    await dialog.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByText('Nothing that is sent to this project is accepted').waitFor();
    await expectAccessible(page);
  });
});

describe('teams', () => {
  it('are made, get members and lose them, and everybody sees it at once', async () => {
    await hire(test, 'member', { username: 'mira' });
    const page = await open('/teams', 'admin');
    const watcher = await open('/teams', 'viewer');
    await page.getByRole('button', { name: 'New team' }).click();
    const dialog = page.getByRole('dialog', { name: 'New team' });
    await dialog.getByLabel('Name').fill('Dredgers');
    await dialog.getByLabel('Slug').fill('web');
    await dialog.getByRole('button', { name: 'Create the team' }).click();
    await dialog.getByText('exists already').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('Slug').fill('dredgers');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Dredgers' }).waitFor();

    await page.getByLabel('Add a member').selectOption('mira');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await watcher.getByRole('row', { name: /Dredgers.*mira/ }).waitFor();
    expect(await watcher.getByRole('button', { name: 'New team' }).count()).toBe(0);
    await expectAccessible(watcher);
    await page.getByRole('button', { name: 'Remove mira' }).click();
    await page.getByText('Nobody yet').waitFor();
    await expectAccessible(page);
  });

  it('are renamed, and deleted once they own nothing', async () => {
    await test.machine.call(api.createTeam, { body: { slug: 'pilots' } });
    await test.machine.call(api.createProject, { body: { name: 'Radar', team: 'pilots' } });
    const page = await open('/teams/pilots', 'admin');
    await page.getByRole('button', { name: 'Delete' }).click();
    const refusal = page.getByRole('dialog', { name: 'pilots still owns something' });
    await refusal.getByRole('link', { name: 'Radar' }).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('dialog').getByLabel('Slug').fill('harbour-pilots');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/teams\/harbour-pilots$/);

    await test.machine.call(api.deleteProject, { params: { project: 'radar' }, query: { confirm: 'radar' } });
    await page.getByText('None.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByLabel('Type harbour-pilots to confirm').fill('harbour-pilots');
    await page.getByRole('button', { name: 'Delete the team' }).click();
    await page.waitForURL(/\/teams$/);
  });

  it('that are not there say so', async () => {
    const page = await open('/teams/nobody', 'viewer');
    await page.getByText('There is no team nobody').waitFor();
    await expectAccessible(page);
  });
});
