import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { scoped } from '../harness/scoped.ts';
import { expectAccessible } from './harness/accessible.ts';
import { hire, password, signIn } from './harness/people.ts';
import { startPrefixProxy } from './harness/prefixProxy.ts';
import { watchRequests } from './harness/requests.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
  await hire(test, 'owner', { username: 'ana' });
});
afterAll(() => test.close());

/** What Chromium says about an answer that refuses. */
const refused = /status of 401/;

describe('signing in', () => {
  it('leads to where one wanted to be, and out again', async () => {
    const page = await visit(test.address);
    await page.goto('deploys?state=failed');
    await page.getByRole('heading', { name: 'Slipway' }).waitFor();
    await expect.poll(() => page.title()).toBe('Sign in · Slipway');
    await expectAccessible(page);

    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    expect(page.url()).toBe(`${test.address}/deploys?state=failed`);
    await expect.poll(() => page.title()).toBe('Deploys · Slipway');

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    await page.getByRole('button', { name: 'You are Ana, owner' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Username').waitFor();
    await page.reload();
    await page.getByLabel('Username').waitFor();
  });

  it('says what is wrong where it was typed, and lets one try again', async () => {
    const page = await visit(test.address, { tolerate: [refused] });
    await page.goto('deploys');
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password').fill('wrong horse');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .waitFor();
    await expectAccessible(page);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
  });

  it('is asked for again when the session has ended, on the page where one was', async () => {
    const page = await visit(test.address, { tolerate: [refused] });
    await signIn(page, test, 'viewer');
    const requests = watchRequests(page);
    await page.goto('deploys');
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    await requests.atRest();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Projects' }).click();
    await page.getByText('Sign in to go on where you were').waitFor();
    expect(page.url()).toBe(`${test.address}/projects`);
  });

  it('goes on where somebody signed in anew in another tab', async () => {
    const page = await visit(test.address, { tolerate: [/status of 403/] });
    await signIn(page, test, 'viewer');
    await page.goto('deploys');
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    // Another cookie, and so another CSRF token than the page has.
    await signIn(page, test, 'viewer');
    await page.getByRole('button', { name: 'You are Viewer, viewer' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Username').waitFor();
  });

  it('works below the path of a proxy', async () => {
    const proxy = await scoped(startPrefixProxy(test.address, '/ship'));
    const page = await visit(proxy.url);
    await page.goto('ship/deploys');
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Deploys' }).waitFor();
    await page.getByRole('link', { name: 'Projects' }).click();
    await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
    expect(page.url()).toBe(`${proxy.url}/ship/projects`);
    await page.locator('[data-live="connected"]').first().waitFor();
  });
});
