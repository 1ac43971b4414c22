import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/contract/endpoint.ts';
import { api } from '../../src/contract/index.ts';
import { watchDeclaredFiles } from '../../src/services/declaredFiles.ts';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let directory: string;
let ownFile: string;
let test: TestApi;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-settings-'));
  ownFile = join(directory, 'fixtures.yml');
  await writeFile(ownFile, 'teams: []\n');
  test = await createTestApi({
    environment: { SLIPWAY_URL_PREFIX: 'https://errors.example.com', SLIPWAY_FIXTURES: ownFile },
  });
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true });
});

async function open(path: string, role: Role): Promise<Page> {
  const page = await visit(test.address, { tolerate: [/400/] });
  await signIn(page, test, role);
  await page.goto(path);
  return page;
}

describe('configuration', () => {
  const project = (name: string, id: number) =>
    `      - { name: ${name}, dsn: "https://key${id}:secret@errors.example.com/${id}" }\n`;

  it('is planned before it is applied, and asks for what its references stand for', async () => {
    const page = await open('settings/configuration', 'owner');
    const watcher = await open('projects', 'viewer');
    const text = page.getByLabel('Its text');
    const plan = page.getByRole('button', { name: 'Show what would change' });
    await text.fill('teams:\n  - nam: Quay\n');
    await plan.click();
    await page.getByRole('button', { name: '2:5 team number 1: unknown key `nam`' }).click();
    expect(await text.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(11);

    const admin = 'admin: { username: skipper, email: s@example.com, password: "$' + '{SKIPPER}" }\n';
    await text.fill(`${admin}teams:\n  - name: Quay\n    projects:\n${project('Crane', 71)}`);
    await plan.click();
    await page.getByLabel('$' + '{SKIPPER}').fill('a password to keep');
    await page.getByRole('button', { name: 'Go on with these' }).click();
    await page.getByText('3 to create').first().waitFor();
    await page.getByRole('listitem').filter({ hasText: 'project Crane' }).getByText('create').waitFor();
    expect(await page.getByText('a password to keep').count()).toBe(0);
    await expectAccessible(page);
    expect((await test.machine.call(api.listProjects, {})).items).toEqual([]);

    await page.getByRole('button', { name: 'Apply: 3 to create' }).click();
    await page.getByText('3 created').waitFor();
    await watcher.getByRole('link', { name: 'Crane' }).waitFor();
    await test.anonymous.call(api.signIn, { body: { username: 'skipper', password: 'a password to keep' } });

    await text.fill(`teams:\n  - name: Quay\n    projects:\n${project('Crane', 72)}`);
    await plan.click();
    await page.getByRole('listitem').filter({ hasText: 'project Crane' }).getByText('renumber').waitFor();
    await page.getByLabel('Replace a project whose id changes').check();
    await page.getByRole('button', { name: /^Apply/ }).waitFor({ state: 'detached' });
    await plan.click();
    await page.getByText('Deletes the project with its keys and history').waitFor();
    await page.getByRole('button', { name: /^Apply/ }).click();
    await page.getByRole('dialog', { name: 'Apply, and delete?' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Apply it all' }).click();
    await page.getByText('1 replaced').waitFor();
  });

  it('of the server itself shows what changed in it, and applies it when told', async () => {
    const watching = watchDeclaredFiles(test.core);
    try {
      const page = await open('settings/configuration', 'admin');
      await page.getByText('Everything is as it says.').waitFor();
      await writeFile(ownFile, 'teams: [{ name: Dredgers }]\n');
      await page.getByRole('listitem').filter({ hasText: 'team Dredgers' }).waitFor();
      await writeFile(ownFile, 'teams: [{ nam: Dredgers }]\n');
      await page.getByText('unknown key `nam`').waitFor();
      await writeFile(ownFile, 'teams: [{ name: Dredgers }]\n');
      await page.getByRole('button', { name: 'Apply: 1 to create' }).click();
      await page.getByText('1 created').waitFor();
      await page.getByText('Everything is as it says.').waitFor();
    } finally {
      await watching.close();
    }
  });

  it('is exported as a file', async () => {
    const page = await open('settings/configuration', 'admin');
    expect(await page.getByLabel('With the secret keys').isDisabled()).toBe(true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download fixtures.yml' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('fixtures.yml');
  });
});
