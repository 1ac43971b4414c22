import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUpCode } from '../../src/modules/auth/index.ts';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { expectAccessible } from './harness/accessible.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

it('the link that slipway up prints makes the first owner, once', async () => {
  const newcomer = await visit(test.address, { tolerate: [/status of 40[13]/] });
  await newcomer.goto('.');
  await newcomer.getByText('Nobody can sign in yet').waitFor();
  await expectAccessible(newcomer);

  await newcomer.goto('#setup=somebody-elses-link');
  await newcomer.reload();
  await newcomer.getByLabel('Username').fill('ada');
  await newcomer.getByLabel('Password').fill('analytical engine');
  await newcomer.getByRole('button', { name: 'Begin' }).click();
  await newcomer.getByText(/does not belong to this Slipway/).waitFor();

  await newcomer.goto(`#setup=${setUpCode(test.machineToken)}`);
  await newcomer.reload();
  await newcomer.getByText('You are its first owner').waitFor();
  await expectAccessible(newcomer);
  await newcomer.getByLabel('Username').fill('ada');
  await newcomer.getByLabel('Password').fill('analytical engine');
  await newcomer.getByRole('button', { name: 'Begin' }).click();
  await newcomer.getByRole('button', { name: /You are ada, owner/i }).waitFor();
  expect(newcomer.url()).not.toContain('setup');
  expect(await newcomer.getByText('Nobody can sign in yet').count()).toBe(0);
});
