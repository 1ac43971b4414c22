import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { api } from '../../contract/index.ts';
import { setUpCode } from './setUp.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.db.run(sql`delete from users`);
  await test.db.run(sql`delete from login_attempts`);
});

const ask = (body: Partial<{ code: string; username: string; password: string }> = {}) =>
  test.anonymous.call(api.setUp, {
    body: { code: setUpCode(test.machineToken), username: 'ada', password: 'analytical engine', ...body },
  });
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: { problem: { code: string } }) => error.problem.code,
  );

it('whoever has the link makes the first owner, and is signed in', async () => {
  expect(await test.anonymous.call(api.setUpState, {})).toEqual({ needed: true });
  const session = await ask();
  expect(session.user).toMatchObject({ username: 'ada', role: 'owner' });
  expect(await test.anonymous.call(api.setUpState, {})).toEqual({ needed: false });
  await test.anonymous.call(api.signIn, { body: { username: 'ada', password: 'analytical engine' } });
  const { items } = await test.machine.call(api.listAudit, { query: { action: 'user.set_up' } });
  expect(items).toMatchObject([{ actor: 'ada', subject: 'ada' }]);
  expect(JSON.stringify(items)).not.toMatch(/analytical/);
});

it('not twice, not without the link, not with a short password', async () => {
  expect(await refusal(ask({ code: 'x'.repeat(27) }))).toBe('forbidden');
  expect(await refusal(ask({ password: 'short' }))).toBe('invalid_input');
  await ask();
  expect(await refusal(ask({ username: 'eve' }))).toBe('conflict');
});

it('a user who cannot sign in yet does not count, and keeps their name', async () => {
  await test.machine.call(api.createUser, { body: { username: 'ada', role: 'viewer' } });
  expect(await test.anonymous.call(api.setUpState, {})).toEqual({ needed: true });
  expect(await refusal(ask())).toBe('conflict');
  expect((await ask({ username: 'eve' })).user.role).toBe('owner');
});

it('of two at once one becomes the owner', async () => {
  const outcomes = await Promise.all(['ada', 'eve', 'bob'].map((username) => refusal(ask({ username }))));
  expect(outcomes.toSorted()).toEqual(['conflict', 'conflict', 'none']);
});

it('guessing the link is limited', async () => {
  for (let guess = 0; guess < 5; guess += 1)
    expect(await refusal(ask({ code: `guess-${guess}` }))).toBe('forbidden');
  expect(await refusal(ask({ code: 'guess' }))).toBe('rate_limited');
});
