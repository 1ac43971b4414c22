import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { prepareWorkflowValues, refusal } from '../../../test/harness/workflowValues.ts';
import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { environmentRules, mayApprove } from './index.ts';

let test: TestApi;
let harbor: number;
beforeAll(async () => {
  test = await createTestApi();
  await prepareWorkflowValues(test);
  await test.machine.call(api.createTeam, { body: { slug: 'sea' } });
  harbor = (await test.db.one<{ id: number }>(sql`select id from repositories where name = 'harbor'`)).id;
});
afterAll(() => test.close());

const set = (environment: string, body: object) =>
  test.machine.call(api.setWorkflowEnvironment, { params: { repository: 'harbor', environment }, body });
const remove = (environment: string, confirm?: string) =>
  test.machine.call(api.deleteWorkflowEnvironment, {
    params: { repository: 'harbor', environment },
    query: confirm === undefined ? {} : { confirm },
  });
describe('the rules of an environment', () => {
  it('are none when nobody declared it', async () => {
    const none = { waitMinutes: 0, approval: 'none', teams: [], branches: [], preventSelfReview: false };
    expect(await environmentRules(test.db, harbor, 'nowhere')).toEqual(none);
    await set('bare', {});
    expect(await environmentRules(test.db, harbor, 'BARE')).toEqual(none);
  });

  it('change one by one, under whatever case; the name stays as it was declared', async () => {
    await set('Production', { wait_minutes: 10, branches: ['main', 'release/**'] });
    await set('production', { approval: 'teams', teams: ['web', 'sea', 'web'] });
    const changed = await set('PRODUCTION', { branches: ['main'] });
    expect(changed).toMatchObject({
      name: 'Production',
      wait_minutes: 10,
      approval: 'teams',
      branches: ['main'],
    });
    expect(await environmentRules(test.db, harbor, 'production')).toEqual({
      waitMinutes: 10,
      approval: 'teams',
      teams: ['sea', 'web'],
      branches: ['main'],
      preventSelfReview: false,
    });
    expect(await set('production', { approval: 'deployers' })).toMatchObject({
      approval: 'deployers',
      teams: [],
    });
    const { items } = await test.machine.call(api.listWorkflowEnvironments, {
      query: { repository: 'harbor' },
    });
    expect(items.filter(({ name }) => name.toLowerCase() === 'production')).toHaveLength(1);
  });

  it('are refused when they say nothing', async () => {
    expect(await refusal(set('x', { approval: 'teams' }))).toMatch(
      'body.teams: approval by teams takes at least one',
    );
    expect(await refusal(set('x', { teams: ['web'] }))).toMatch('they review with approval "teams" only');
    expect(await refusal(set('x', { approval: 'teams', teams: ['air'] }))).toMatch('there is no team air');
    expect(await refusal(set('x', { branches: ['main', '[a'] }))).toMatch(
      'body.branches[1]: "[a" is not a valid glob',
    );
    expect(await refusal(set('x', { branches: ['!main'] }))).toMatch('starts with `!`');
    expect(await refusal(set('x', { wait_minutes: 43_201 }))).toMatch('invalid_input');
    expect(await refusal(set(' x', {}))).toMatch('starts or ends with white space');
    expect(await refusal(set('x\ny', {}))).toMatch('single line');
  });

  it('leave approval to admins when the last reviewing team is deleted, never to more people', async () => {
    await test.machine.call(api.createTeam, { body: { slug: 'brief' } });
    await set('guarded', { approval: 'teams', teams: ['brief'] });
    await test.machine.call(api.deleteTeam, { params: { team: 'brief' }, query: { confirm: 'brief' } });
    const rules = await environmentRules(test.db, harbor, 'guarded');
    expect(rules).toMatchObject({ approval: 'teams', teams: [] });
    expect(mayApprove(person('member', ['web']), rules, { teams: ['web'] })).toBe(false);
    expect(mayApprove(person('admin', []), rules, { teams: ['web'] })).toBe(true);
  });

  it('are not taken away by whoever may not agree', async () => {
    const params = { repository: 'harbor', environment: 'held' };
    const body = { approval: 'none' } as const;
    const web = await test.as('member', { teams: ['web'] });
    const both = await test.as('member', { teams: ['web', 'sea'] });
    await set('held', { approval: 'teams', teams: ['sea'] });
    const mayChange = async (client: Client) =>
      (await client.call(api.listWorkflowEnvironments, {})).items.find(({ name }) => name === 'held')
        ?.may_change;
    const reader = await test.as('admin', { scopes: ['read'] });
    expect([await mayChange(web), await mayChange(both), await mayChange(reader)]).toEqual([
      false,
      true,
      false,
    ]);
    for (const refused of [
      refusal(web.call(api.setWorkflowEnvironment, { params, body })),
      refusal(web.call(api.deleteWorkflowEnvironment, { params })),
    ])
      expect(await refused).toMatch('so changing that takes a member of sea, or an admin');
    expect(await environmentRules(test.db, harbor, 'held')).toMatchObject({
      approval: 'teams',
      teams: ['sea'],
    });
    expect(await refusal(both.call(api.setWorkflowEnvironment, { params, body }))).toBe('done');
    expect(await refusal(web.call(api.deleteWorkflowEnvironment, { params }))).toBe('done');
  });

  it('are changed by admins alone where who started a run may not agree: else one could agree to what is their own', async () => {
    const params = { repository: 'harbor', environment: 'four eyes' };
    const web = await test.as('member', { teams: ['web'] });
    await set('four eyes', { approval: 'deployers', prevent_self_review: true });
    for (const refused of [
      refusal(web.call(api.setWorkflowEnvironment, { params, body: { prevent_self_review: false } })),
      refusal(web.call(api.deleteWorkflowEnvironment, { params })),
    ])
      expect(await refused).toMatch('so changing that takes an admin');
    expect(await refusal(set('four eyes', { prevent_self_review: false }))).toBe('done');
    expect(await refusal(web.call(api.deleteWorkflowEnvironment, { params }))).toBe('done');
  });

  it('go with it, and its secrets only when they are named', async () => {
    const query = { repository: 'harbor', environment: 'doomed' };
    await set('doomed', { wait_minutes: 5 });
    const items = [{ name: 'KEY', value: 'long enough' }];
    await test.machine.call(api.setWorkflowSecrets, { query, body: { items } });
    expect(await refusal(remove('doomed'))).toMatch('conflict: environment doomed of harbor has 1 secrets');
    expect(await refusal(remove('doomed', 'harbor'))).toMatch('conflict');
    expect(await refusal(remove('doomed', 'doomed'))).toBe('done');
    expect(await refusal(remove('doomed'))).toMatch('not_found: harbor has no environment "doomed"');
    await set('doomed', {});
    const { items: left } = await test.machine.call(api.listWorkflowSecrets, { query });
    expect(left).toEqual([]);
    expect(await refusal(remove('doomed'))).toBe('done');
  });
});

const person = (role: Actor['role'], teams: string[]): Actor => ({
  ...systemActor,
  kind: 'user',
  role,
  teams,
});
