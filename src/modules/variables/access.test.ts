import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { prepareWorkflowValues, refusal, wheres } from '../../../test/harness/workflowValues.ts';
import type { Client } from '../../contract/client.ts';
import type { Role } from '../../contract/endpoint.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
let values: Awaited<ReturnType<typeof prepareWorkflowValues>>;
beforeAll(async () => {
  test = await createTestApi();
  values = await prepareWorkflowValues(test);
});
afterAll(() => test.close());

describe('who may', () => {
  const ways: Record<string, (as: Client) => Promise<unknown>> = {
    'look at secrets': (as) => as.call(api.listWorkflowSecrets, { query: wheres.environment }),
    'look at variables': (as) => as.call(api.listVariables, { query: wheres.environment }),
    'look at environments': (as) => as.call(api.listWorkflowEnvironments, {}),
    'set a secret of harbor': (as) => values.setSecret('WHO', 'long enough', wheres.repository, as),
    'set a secret of its environment': (as) => values.setSecret('WHO', 'long enough', wheres.environment, as),
    'set a variable of harbor': (as) => values.setVariable('WHO', 'x', wheres.repository, as),
    'delete a secret of harbor': (as) =>
      as.call(api.deleteWorkflowSecret, { params: { name: 'GONE' }, query: wheres.repository }),
    'delete a variable of harbor': (as) =>
      as.call(api.deleteVariable, { params: { name: 'GONE' }, query: wheres.repository }),
    'change an environment of harbor': (as) =>
      as.call(api.setWorkflowEnvironment, {
        params: { repository: 'harbor', environment: 'Production' },
        body: {},
      }),
    'delete an environment of harbor': (as) =>
      as.call(api.deleteWorkflowEnvironment, { params: { repository: 'harbor', environment: 'gone' } }),
    'set a secret of ferry, which nobody has an app of': (as) =>
      values.setSecret('WHO', 'long enough', { repository: 'ferry' }, as),
    'set a secret of the organization': (as) => values.setSecret('WHO', 'long enough', {}, as),
    'set a variable of the organization': (as) => values.setVariable('WHO', 'x', {}, as),
    'delete a secret of the organization': (as) =>
      as.call(api.deleteWorkflowSecret, { params: { name: 'GONE' } }),
  };
  const names = Object.keys(ways);
  const looking = names.filter((name) => name.startsWith('look'));
  const ofHarbor = names.filter((name) => !name.includes('organization') && !name.includes('ferry'));
  const expectations: [role: Role, teams: string[], may: string[]][] = [
    ['viewer', [], looking],
    ['viewer', ['web'], looking],
    ['member', [], looking],
    ['member', ['sea'], looking],
    ['member', ['web'], ofHarbor],
    ['admin', [], names],
    ['owner', [], names],
  ];
  beforeAll(() => test.machine.call(api.createTeam, { body: { slug: 'sea' } }));

  it.each(expectations)('%s of %o', async (role, teams, may) => {
    const as = await test.as(role, { teams });
    for (const name of names) {
      const outcome = await refusal(ways[name]?.(as) ?? Promise.reject());
      // What is gone already says so to those who may.
      expect(outcome.startsWith('forbidden') ? 'forbidden' : 'may', `${name}: ${outcome}`).toBe(
        may.includes(name) ? 'may' : 'forbidden',
      );
    }
  });

  it('change the organization by a token: one for admins', async () => {
    const deploying = await test.as('admin', { scopes: ['read', 'deploy'] });
    expect(await refusal(values.setSecret('WHO', 'long enough', {}, deploying))).toMatch(
      'takes a token with the scope',
    );
    expect(await refusal(values.setSecret('WHO', 'long enough', wheres.repository, deploying))).toBe('done');
  });
});
