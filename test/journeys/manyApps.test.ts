import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, refusal, type Ship } from '../harness/ship.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip({
    app: { paths: ['web/**', '!**/*.md'] },
    environments: { production: { required_checks: ['test'] } },
  });
});
afterAll(() => ship.close());

const rungs = async () => (await ship.client.call(api.listRungs, { params: { app: 'harbor' } })).items;

test('a commit that does not concern the app is listed, but marked', async () => {
  await ship.push('Change the page', { files: { 'web/page.html': 'hello' } });
  await ship.ship('staging');
  await ship.push('Change the backend', { files: { 'api/server.go': 'package main' } });
  await ship.push('Explain the page', { files: { 'web/readme.md': 'words' } });

  const changes = await ship.client.call(api.listChanges, {
    params: { app: 'harbor', environment: 'staging' },
  });
  expect(changes).toMatchObject({ relation: 'forward', out: 2, away: 0 });
  expect(changes.items.map((change) => [change.subject, change.affects_app])).toEqual([
    ['Explain the page', false],
    ['Change the backend', false],
  ]);
  expect((await rungs()).map((rung) => [rung.subject, rung.affects_app, rung.live_in])).toMatchObject([
    ['Explain the page', false, []],
    ['Change the backend', false, []],
    ['Change the page', true, ['staging']],
    ['Initial commit', false, []],
  ]);
});

test('a required check that nobody reported blocks; it is waited for, and starts the deploy when it is green', async () => {
  const sha = await ship.push('Needs a check', { files: { 'web/page.html': 'v2' } });
  const deploy = await ship.deploy('production', undefined, { force: 'it is urgent' });
  expect((await ship.why(deploy)).reasons).toMatchObject([{ code: 'check_missing', skippable: false }]);

  const report = (status: 'in_progress' | 'completed', conclusion?: 'failure' | 'success') =>
    ship.client.call(api.reportCheck, {
      params: { repository: 'harbor', sha },
      body: { name: 'test', status, ...(conclusion ? { conclusion } : {}) },
    });
  await report('in_progress');
  expect((await ship.why(deploy)).reasons).toMatchObject([{ code: 'check_pending' }]);
  await report('completed', 'failure');
  expect((await ship.why(deploy)).reasons).toMatchObject([{ code: 'check_failed' }]);
  expect((await rungs())[0]?.checks).toEqual({ state: 'failed', passed: 0, failed: 1, pending: 0 });
  await report('completed', 'success');
  await ship.until(deploy, 'succeeded');
});

test('what a page of changes began with stays, though the branch moves on', async () => {
  const list = (cursor?: string) =>
    ship.client.call(api.listChanges, {
      params: { app: 'harbor', environment: 'staging' },
      query: { limit: 2, ...(cursor ? { cursor } : {}) },
    });
  const first = await list();
  await ship.push('Comes in between', { files: { 'web/page.html': 'v3' } });
  const second = await list(first.next_cursor ?? '');
  expect([...first.items, ...second.items].map((change) => change.subject)).toEqual([
    'Needs a check',
    'Explain the page',
    'Change the backend',
  ]);
});

test('a check is reported by those who may deploy what is built from the commit, and nobody else', async () => {
  const sha = await ship.push('Waits for CI');
  const reportAs = async (teams: string[]) =>
    (await ship.api.as('member', { teams })).call(api.reportCheck, {
      params: { repository: 'harbor', sha },
      body: { name: 'test', status: 'completed', conclusion: 'success' },
    });
  await ship.client.call(api.createTeam, { body: { slug: 'elsewhere' } });
  expect(await refusal(reportAs(['elsewhere']))).toBe('forbidden');
  expect(await refusal(reportAs([]))).toBe('forbidden');
  expect(await reportAs(['web'])).toMatchObject({ name: 'test', conclusion: 'success' });
});

test('an environment that is no longer declared starts nothing, and says so', async () => {
  await ship.runner?.stop('the test takes its place');
  const waits = await ship.deploy('staging', await ship.push('Waits', { files: { 'web/page.html': 'v9' } }));
  await ship.configure({ app: { environments: { production: {} } } });
  expect((await ship.why(waits)).reasons.map((reason) => reason.code)).toContain('environment_removed');
  await ship.startRunner();
  await ship.configure({});
  await ship.until(waits, 'succeeded');
});

test('an app that has shipped cannot move to another repository', async () => {
  const text = JSON.stringify({
    repositories: { other: { url: ship.repository.directory } },
    apps: {
      harbor: {
        repository: 'other',
        team: 'web',
        steps: [{ name: 'A', run: 'true' }],
        environments: { staging: null },
      },
    },
  });
  expect(await refusal(ship.client.call(api.applyConfiguration, { body: { text } }))).toBe('conflict');
});

test('a second click on re-deploy ships once', async () => {
  await ship.closeGate('staging');
  const { live } = await ship.environment('staging');
  if (live === null) throw new Error('nothing is live');
  const again = await ship.redeploy(live);
  expect(await refusal(ship.redeploy(live))).toBe('conflict');
  await ship.openGate('staging');
  await ship.until(again, 'succeeded');
});
