import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { prepareWorkflowValues } from '../harness/workflowValues.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile, type VisitOptions } from './harness/visitor.ts';

const visit = browserForFile();
let test: TestApi;
let values: Awaited<ReturnType<typeof prepareWorkflowValues>>;
beforeAll(async () => {
  test = await createTestApi();
  values = await prepareWorkflowValues(test);
});
afterAll(() => test.close());

/** The settings, as a member of the team that has an app of harbor, unless told. */
async function open(query = '', teams = ['web'], options: VisitOptions = {}): Promise<Page> {
  const page = await visit(test.address, { tolerate: [/status of 4\d\d/], ...options });
  await signIn(page, test, 'member', teams);
  await page.goto(`settings/workflows${query}`);
  await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
  return page;
}
const table = (page: Page, name: string) => page.getByRole('table', { name });

describe('secrets and variables of workflows', () => {
  it('are set where one may, what is wrong is said at its field, and no secret is ever shown', async () => {
    await values.setSecret('NPM_TOKEN', 'of everybody');
    const page = await open();
    await page.getByText('Admins change these.').waitFor();
    expect(await page.getByRole('button', { name: /Store|Replace|Delete/ }).count()).toBe(0);
    await page.getByLabel('Of', { exact: true }).selectOption('harbor');

    await page.getByRole('button', { name: 'Store a secret' }).click();
    const dialog = page.getByRole('dialog', { name: 'Store a secret' });
    await dialog.getByLabel('Name').fill('GITHUB_KEY');
    await dialog.getByLabel('Value').fill('abc');
    await dialog.getByRole('button', { name: 'Store the secret' }).click();
    await dialog.getByText('It starts with GITHUB_').waitFor();
    await dialog.getByLabel('Name').fill('npm_token');
    await dialog.getByRole('button', { name: 'Store the secret' }).click();
    await dialog.getByText('could not be masked in logs').waitFor();
    await expectAccessible(page);
    const key = 'first line\nsecond line\n';
    await dialog.getByLabel('Value').fill(key);
    await dialog.getByRole('button', { name: 'Store the secret' }).click();
    const row = table(page, 'Secrets').getByRole('row', { name: /NPM_TOKEN.*harbor.*by member/ });
    await row.waitFor();
    await table(page, 'Secrets')
      .getByRole('row', { name: /NPM_TOKEN.*organization overridden/ })
      .waitFor();
    expect(await values.secretsOf('harbor')).toEqual({ NPM_TOKEN: key });
    expect(await page.getByText('second line').count()).toBe(0);

    await page.getByRole('button', { name: 'Replace NPM_TOKEN' }).click();
    const replace = page.getByRole('dialog', { name: 'Replace NPM_TOKEN' });
    expect(await replace.getByLabel('Value').inputValue()).toBe('');
    await replace.getByLabel('Value').fill('another one');
    await replace.getByRole('button', { name: 'Replace the value' }).click();
    await replace.waitFor({ state: 'hidden' });
    expect(await values.secretsOf('harbor')).toEqual({ NPM_TOKEN: 'another one' });

    await page.getByRole('button', { name: 'Delete NPM_TOKEN' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the secret' }).click();
    // While a dialog is open, nothing behind it is there for who looks by roles.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await row.waitFor({ state: 'detached' });
    expect(await values.secretsOf('harbor')).toEqual({ NPM_TOKEN: 'of everybody' });
  });

  it('are looked at with their values where they are none to hide, also on a phone', async () => {
    await values.setVariable('REGION', 'eu-north');
    await values.setVariable('REGION', 'eu-south', { repository: 'harbor', environment: 'Production' });
    const page = await open('?repository=harbor&environment=production', [], { narrow: true });
    const rows = table(page, 'Variables').getByRole('row');
    await rows.filter({ hasText: 'eu-south' }).getByText('Production').waitFor();
    await rows.filter({ hasText: 'eu-north' }).getByText('overridden').waitFor();
    expect(await page.getByRole('button', { name: /Set a|Replace|Delete|Change/ }).count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
  });
});

describe('environments of workflows', () => {
  it('are declared with their rules, changed by those who may agree only, and deleted once named', async () => {
    await test.machine.call(api.createTeam, { body: { slug: 'sea', name: 'Sea' } });
    const page = await open('?repository=harbor');
    await page.getByRole('button', { name: 'New environment' }).click();
    const dialog = page.getByRole('dialog', { name: 'New environment of harbor' });
    await dialog.getByLabel('Name').fill('PRODUCTION');
    await dialog.getByLabel('Who must agree first').selectOption('Teams');
    await dialog.getByLabel('Wait, in minutes').fill('soon');
    await dialog.getByLabel('Branches').fill('main\n[a');
    await dialog.getByRole('button', { name: 'Declare it' }).click();
    await dialog.getByText('There is Production already').waitFor();
    await dialog.getByText('Choose at least one team.').waitFor();
    await dialog.getByText('Whole minutes').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('Name').fill('staging');
    await dialog.getByRole('checkbox', { name: 'web' }).check();
    await dialog.getByRole('checkbox', { name: 'Not who started the run' }).check();
    await dialog.getByLabel('Wait, in minutes').fill('90');
    await dialog.getByRole('button', { name: 'Declare it' }).click();
    await dialog.getByText('"[a" is not a valid glob').waitFor();
    await dialog.getByLabel('Branches').fill('main\nrelease/**');
    await dialog.getByRole('button', { name: 'Declare it' }).click();
    await table(page, 'Environments')
      .getByRole('row', {
        name: /staging.*web, or an admin, but not who started the run.*1 h 30 min.*main.*release/,
      })
      .waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'staging' }).click();
    await page.getByRole('button', { name: 'Store a secret' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('KEY');
    await page.getByRole('dialog').getByLabel('Value').fill('of staging alone');
    await page.getByRole('dialog').getByRole('button', { name: 'Store the secret' }).click();
    await table(page, 'Secrets')
      .getByRole('row', { name: /KEY.*staging/ })
      .waitFor();
    // Where who started a run may not agree, a reviewer could let themselves: that takes an admin.
    await page.getByText('changed by admins only').waitFor();
    expect(await page.getByRole('button', { name: 'Change the rules' }).count()).toBe(0);
    await test.machine.call(api.setWorkflowEnvironment, {
      params: { repository: 'harbor', environment: 'staging' },
      body: { prevent_self_review: false },
    });
    await page.getByRole('button', { name: 'Change the rules' }).click();
    const rules = page.getByRole('dialog', { name: 'Rules of staging' });
    expect(await rules.getByRole('checkbox', { name: 'web' }).isChecked()).toBe(true);
    await rules.getByRole('checkbox', { name: 'web' }).uncheck();
    await rules.getByRole('checkbox', { name: 'Sea' }).check();
    await rules.getByRole('button', { name: 'Save the rules' }).click();
    // From now on it is not theirs to change.
    await page.getByText('nobody takes away that somebody else has to').waitFor();
    await page.getByText('sea, or an admin').waitFor();
    await expectAccessible(page);

    await test.machine.call(api.addTeamMember, { params: { team: 'sea', username: 'member.web' } });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const remove = page.getByRole('dialog', { name: 'Delete harbor/staging?' });
    await remove.getByText('secrets (1) and variables (0)').waitFor();
    expect(await remove.getByRole('button', { name: 'Delete the environment' }).isDisabled()).toBe(true);
    await remove.getByLabel('Type staging to confirm').fill('staging');
    await remove.getByRole('button', { name: 'Delete the environment' }).click();
    await table(page, 'Environments').waitFor();
    await page.getByRole('link', { name: 'staging' }).waitFor({ state: 'detached' });
  });

  it('that nobody declared have no rules, and are found to be none', async () => {
    const page = await open('?repository=harbor&environment=nowhere');
    await page.getByText('harbor has no environment nowhere').waitFor();
    await expectAccessible(page);
    await page.goto('settings/workflows?repository=atlantis');
    await page.getByText('no repository is named "atlantis"').first().waitFor();
    await page.getByRole('link', { name: 'Those of the organization' }).click();
    await table(page, 'Secrets').waitFor();
  });
});
