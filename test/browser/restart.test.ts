import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createClient } from '../../src/contract/client.ts';
import { api } from '../../src/contract/index.ts';
import { createRepository } from '../harness/git.ts';
import { createInstallation, type Installation } from '../harness/installation.ts';
import { scoped } from '../harness/scoped.ts';
import { signIn } from './harness/people.ts';
import { logOf, stateOf } from './harness/talkingShip.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();

it('a deploy that is watched while Slipway is killed: one is told, and sees how it went once it is back', async () => {
  const { here, gate } = await installed();
  const url = await here.url();
  const machine = createClient({
    baseUrl: url,
    headers: { authorization: `Bearer ${await here.token()}` },
  });
  const page = await visit(url, { tolerate: [/Failed to load resource|ERR_/] });
  await signIn(page, { machine }, 'member', ['harbor']);
  await writeFile(gate, '');
  await machine.call(api.requestDeploy, { params: { app: 'harbor', environment: 'staging' }, body: {} });
  await page.goto('apps/harbor/staging/deploys/1');
  await stateOf(page).getByText('Running', { exact: true }).waitFor();
  await said(page).waitFor();
  await live(page);
  await page.evaluate(() => Object.assign(window, { neverLeft: true }));

  await here.kill();
  await page.getByText('The connection to Slipway is lost').waitFor();
  // What was known stays in view.
  await stateOf(page).getByText('Running', { exact: true }).waitFor();
  await said(page).waitFor();

  await here.up({ env: { SLIPWAY_PORT: new URL(url).port } });
  await live(page);
  await page.getByText('The connection to Slipway is lost').waitFor({ state: 'hidden' });
  await stateOf(page).getByText('Failed', { exact: true }).waitFor();
  await stateOf(page).getByText(end).waitFor();
  await logOf(page).getByText(end).waitFor();
  expect(await said(page).count()).toBe(1);

  // The same page and the same session act on it.
  await rm(gate);
  await page.getByRole('button', { name: 'Re-deploy' }).click();
  await page.waitForURL('**/staging/deploys/2');
  await stateOf(page).getByText('Live in staging').waitFor();
  expect(await page.evaluate(() => 'neverLeft' in window)).toBe(true);
});

/** `slipway up` with an app whose step waits while the file `gate` is there. */
async function installed(): Promise<{ here: Installation; gate: string }> {
  const here = await createInstallation();
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: () => here.close() }));
  const repository = await scoped(createRepository());
  await repository.commit({ message: 'Light the lamp' });
  const gate = join(here.home, 'gate');
  await here.up();
  await here.apply({
    repositories: { harbor: { url: repository.directory, fetch_every: 0 } },
    apps: {
      harbor: {
        repository: 'harbor',
        team: 'harbor',
        steps: [
          { name: 'Release', run: `echo the tide is right; while [ -e ${gate} ]; do sleep 0.05; done` },
        ],
        environments: { staging: {} },
      },
    },
  });
  return { here, gate };
}

/** The runner may have been quick enough to say it itself, when the kernel told it that Slipway is gone. */
const end = /the runner vanished during step 1 "Release"|Slipway was stopped \(SIGTERM\)/i;
const said = (page: Page) => logOf(page).getByText('the tide is right', { exact: true });
const live = (page: Page) => page.locator('[data-live="connected"]').first().waitFor();
