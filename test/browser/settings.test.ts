import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/contract/endpoint.ts';
import { api } from '../../src/contract/index.ts';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { expectAccessible } from './harness/accessible.ts';
import { hire, password, signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let test: TestApi;
beforeAll(async () => {
  test = await createTestApi({ environment: { SLIPWAY_URL_PREFIX: 'https://errors.example.com' } });
});
afterAll(() => test.close());

async function open(section: string, role: Role, options: VisitOptions = {}): Promise<Page> {
  const page = await visit(test.address, { tolerate: [/40[0139]/], ...options });
  await signIn(page, test, role);
  await page.goto(`settings/${section}`);
  return page;
}

describe('the settings', () => {
  it('offer what one may do, are told apart on a phone, and say for whom the rest is', async () => {
    const page = await open('secrets', 'member', { narrow: true });
    await page.getByText('This is for admins').waitFor();
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    expect(await sections.allInnerTexts()).toEqual([
      'Your account',
      'API tokens',
      'Users',
      'Repositories',
      'Workflows',
      'About',
    ]);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.goto('settings/nowhere');
    await page.getByRole('heading', { level: 1, name: 'Not on the chart' }).waitFor();
  });

  it('have a place for everything, accessible in both themes', async () => {
    const page = await open('about', 'owner');
    await page.getByText('No runner of deploys is alive').waitFor();
    await page.getByText(test.core.paths.root).waitFor();
    await expectAccessible(page);
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    for (const section of (await sections.allInnerTexts()).slice(0, -1)) {
      await sections.filter({ hasText: section }).click();
      await page.getByRole('heading', { level: 1, name: section }).waitFor();
      await page.locator('html:not(:has([aria-busy=true]))').waitFor();
      await expectAccessible(page);
    }
  });
});

describe('your account', () => {
  it('changes the password, and ends the sessions elsewhere', async () => {
    const username = await hire(test, 'member', { username: 'nell' });
    const page = await visit(test.address, { tolerate: [/40[01]/] });
    const elsewhere = await visit(test.address, { tolerate: [/401/] });
    for (const each of [elsewhere, page]) {
      await each.goto('settings/account');
      await each.getByLabel('Username').fill(username);
      await each.getByLabel('Password').fill(password);
      await each.getByRole('button', { name: 'Sign in' }).click();
      await each.getByRole('heading', { name: 'Sessions' }).waitFor();
    }
    await page.getByRole('row', { name: /this one/ }).waitFor();
    expect(await page.getByRole('table', { name: 'Sessions' }).getByRole('row').count()).toBe(3);

    await page.getByLabel('Current password').fill('not this one');
    await page.getByLabel('New password', { exact: true }).fill('a very new password');
    await page.getByLabel('New password again').fill('a very old password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('This is not the same as above.').waitFor();
    await page.getByLabel('New password again').fill('a very new password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('the current password is wrong').waitFor();
    await page.getByLabel('Current password').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await page.getByRole('row', { name: /Ends? the session/ }).waitFor({ state: 'detached' });
    await elsewhere.reload();
    await elsewhere.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('makes tokens that are shown once, and revokes them', async () => {
    const page = await open('tokens', 'member');
    await page.getByText('No token yet').waitFor();
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog', { name: 'New API token' });
    expect(await dialog.getByRole('checkbox', { name: 'admin' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Name').fill('buildbot');
    await dialog.getByRole('checkbox', { name: 'deploy' }).check();
    await dialog.getByRole('button', { name: 'Make the token' }).dblclick();
    const made = page.getByRole('dialog', { name: 'buildbot is made' });
    const token = await made.locator('code').innerText();
    expect(await test.client({ authorization: `Bearer ${token}` }).call(api.me, {})).toMatchObject({
      name: 'member',
      scopes: ['read', 'deploy'],
    });
    await made.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    await page.getByRole('row', { name: /buildbot/ }).waitFor();
    expect(await page.getByText(token).count()).toBe(0);
    await page.getByRole('button', { name: 'Revoke buildbot' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the token' }).click();
    await page.getByText('No token yet').waitFor();
  });
});

describe('users', () => {
  it('are added with a password to hand over, and change roles before the eyes of others', async () => {
    const page = await open('users', 'admin');
    const watcher = await open('users', 'viewer');
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog', { name: 'New user' });
    await dialog.getByLabel('Username').fill('ida');
    const given = await dialog.getByLabel('Password', { exact: true }).inputValue();
    await dialog.getByLabel('Role').selectOption('viewer');
    expect(await dialog.getByRole('option', { name: 'owner' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add the user' }).click();
    await watcher.getByRole('row', { name: /ida.*viewer/ }).waitFor();
    await test.anonymous.call(api.signIn, { body: { username: 'ida', password: given } });

    await page.getByRole('button', { name: 'Actions of ida' }).click();
    await page.getByRole('menuitem', { name: 'Role, name, e-mail…' }).click();
    await page.getByRole('dialog').getByLabel('Role').selectOption('member');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await watcher.getByRole('row', { name: /ida.*member/ }).waitFor();
    expect(await watcher.getByRole('button', { name: 'Actions of ida' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Actions of ida' }).click();
    await page.getByRole('menuitem', { name: 'Disable…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await watcher.getByRole('row', { name: /ida disabled/ }).waitFor();
    await page.getByRole('button', { name: 'Actions of ida' }).click();
    await page.getByRole('menuitem', { name: 'Enable' }).click();
    await watcher.getByRole('row', { name: /ida disabled/ }).waitFor({ state: 'detached' });
  });

  it('of a higher role are out of reach, and the last owner stays one', async () => {
    await open('users', 'owner');
    const admin = await open('users', 'admin');
    await admin.getByRole('button', { name: 'Actions of owner' }).click();
    await admin.getByRole('menuitem', { name: /Disable….*only an owner may/ }).waitFor();

    const owner = await open('users', 'owner');
    await owner.getByRole('button', { name: 'Actions of owner' }).click();
    await owner.getByRole('menuitem', { name: 'Disable…' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await owner.getByRole('dialog').getByText('is the last owner').waitFor();
  });
});

describe('secrets', () => {
  it('are stored and deleted, and shown to nobody', async () => {
    const page = await open('secrets', 'admin');
    await page.getByRole('button', { name: 'Store a secret' }).click();
    const dialog = page.getByRole('dialog', { name: 'Store a secret' });
    await dialog.getByLabel('Name').fill('release-token');
    await dialog.getByLabel('Value').fill('shh');
    await dialog.getByRole('button', { name: 'Store the secret' }).click();
    await dialog.getByText('cannot be masked in logs').waitFor();
    await dialog.getByLabel('Value').fill('a secret that is long enough');
    await dialog.getByRole('button', { name: 'Store the secret' }).click();
    await page.getByRole('row', { name: /release-token/ }).waitFor();
    expect(await page.getByText('a secret that is long enough').count()).toBe(0);
    await page.getByRole('button', { name: 'Delete release-token' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the secret' }).click();
    await page.getByText('No secret is stored').waitFor();
  });
});

describe('repositories', () => {
  it('that no app is built from are deleted by admins, by their names, before the eyes of others', async () => {
    const text = 'repositories:\n  tools: {}\n  tides: {}\n';
    await test.machine.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
    const watcher = await open('repositories', 'member', { narrow: true, theme: 'dark' });
    await watcher.getByRole('heading', { name: 'tools' }).waitFor();
    expect(await watcher.getByRole('button', { name: 'Delete tools' }).count()).toBe(0);

    const page = await open('repositories', 'admin');
    await page.getByRole('button', { name: 'Delete tools' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete tools?' });
    const remove = dialog.getByRole('button', { name: 'Delete the repository' });
    await dialog.getByText('Its commits are lost, too').waitFor();
    await dialog.getByRole('textbox').fill('tides');
    expect(await remove.isDisabled()).toBe(true);
    await expectAccessible(page);
    await dialog.getByRole('textbox').fill('tools');
    await remove.click();
    await dialog.waitFor({ state: 'detached' });
    await watcher.getByRole('heading', { name: 'tools' }).waitFor({ state: 'detached' });
    await watcher.getByRole('heading', { name: 'tides' }).waitFor();
  });
});

describe('the audit log', () => {
  it('is filtered by what is pressed, and goes on by itself', async () => {
    await test.machine.call(api.createTeam, { body: { slug: 'tugs' } });
    const page = await open('audit', 'admin');
    await page.getByRole('button', { name: 'tugs', exact: true }).click();
    expect(page.url()).toContain('subject=tugs');
    await page.getByRole('rowheader').nth(1).waitFor({ state: 'detached' });
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(['team.create']);
    await test.machine.call(api.updateTeam, { params: { team: 'tugs' }, body: { name: 'Tugs' } });
    await page.getByRole('rowheader', { name: 'team.update' }).waitFor();

    await page.getByLabel('What', { exact: true }).selectOption('Deploys');
    await page.getByText('Nothing like that was done').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByRole('rowheader', { name: 'team.create' }).first().waitFor();
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    await page.getByText('Nothing like that was done').waitFor();
  });
});
