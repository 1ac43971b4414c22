import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { prepareWorkflowValues, refusal, type Where, wheres } from '../../../test/harness/workflowValues.ts';
import { api } from '../../contract/index.ts';
import { valueLevels } from '../../contract/workflowRules.ts';

let test: TestApi;
let values: Awaited<ReturnType<typeof prepareWorkflowValues>>;
beforeAll(async () => {
  test = await createTestApi();
  values = await prepareWorkflowValues(test);
});
afterAll(() => test.close());

describe('the narrowest of a name counts', () => {
  // Every set of levels at which a name may stand.
  const sets = [1, 2, 3, 4, 5, 6, 7].map((bits) => valueLevels.filter((_, index) => bits & (1 << index)));
  it.each(sets.map((levels) => ({ levels, name: `AT_${levels.join('_')}`.toUpperCase() })))(
    'stored at $levels',
    async ({ levels, name }) => {
      for (const level of levels) {
        await values.setSecret(name, `secret of ${level}`, wheres[level]);
        await values.setVariable(name, `variable of ${level}`, wheres[level]);
      }
      const narrowest = (...seen: string[]) => levels.findLast((level) => seen.includes(level));
      const places: [string, string | null, string | undefined][] = [
        ['harbor', 'production', narrowest('organization', 'repository', 'environment')],
        ['harbor', 'staging', narrowest('organization', 'repository')],
        ['harbor', null, narrowest('organization', 'repository')],
        ['ferry', 'production', narrowest('organization')],
        ['ferry', null, narrowest('organization')],
      ];
      for (const [repository, environment, level] of places) {
        const secret = (await values.secretsOf(repository, environment))[name];
        const variable = (await values.variablesOf(repository, environment))[name];
        expect([secret, variable], `${repository} ${environment}`).toEqual(
          level === undefined ? [undefined, undefined] : [`secret of ${level}`, `variable of ${level}`],
        );
      }
      const { items } = await test.machine.call(api.listWorkflowSecrets, { query: wheres.environment });
      const listed = items.filter((item) => item.name === name);
      expect(listed.map(({ level, overridden }) => [level, overridden])).toEqual(
        levels.toReversed().map((level, index) => [level, index > 0]),
      );
    },
  );

  it('whatever the case of names and environments', async () => {
    await values.setSecret('mixed_Case', 'first value', { repository: 'harbor' });
    const again = await values.setSecret('MIXED_CASE', 'second value', { repository: 'harbor' });
    expect(again.items).toEqual([{ name: 'MIXED_CASE', outcome: 'replaced' }]);
    await values.setSecret('mixed_case', 'of the environment', {
      repository: 'harbor',
      environment: 'PRODUCTION',
    });
    expect((await values.secretsOf('harbor', 'pRoDuCtIoN')).MIXED_CASE).toBe('of the environment');
    expect((await values.secretsOf('harbor')).MIXED_CASE).toBe('second value');
    const params = { name: 'mixed_case' };
    await test.machine.call(api.deleteWorkflowSecret, { params, query: { repository: 'harbor' } });
    expect(await values.secretsOf('harbor')).not.toHaveProperty('MIXED_CASE');
    expect(await values.secretsOf('harbor', 'production')).toHaveProperty('MIXED_CASE');
    const twice = test.machine.call(api.deleteWorkflowSecret, { params, query: { repository: 'harbor' } });
    expect(await refusal(twice)).toBe('not_found: harbor has no secret of workflows named MIXED_CASE');
  });

  it('and none does for a run that is not trusted', async () => {
    await values.setSecret('TRUSTED_ONLY', 'for us alone');
    expect(await values.secretsOf('harbor', 'production', false)).toEqual({});
    expect(await values.secretsOf('harbor', 'production')).toHaveProperty('TRUSTED_ONLY');
  });
});

describe('a sealed secret', () => {
  const moves: [from: Where, to: string][] = [
    [{ repository: 'harbor', environment: 'production' }, 'environment_id = null'],
    [{ repository: 'harbor' }, 'environment_id = null, repository_id = null'],
    [{ repository: 'ferry' }, "repository_id = (select id from repositories where name = 'harbor')"],
    [
      { repository: 'harbor' },
      "environment_id = (select e.id from ci_environments e join repositories r on r.id = e.repository_id where r.name = 'harbor')",
    ],
    [{ repository: 'harbor' }, "name = 'MOVED_HERE'"],
  ];
  it.each(moves)('of %o does not open with %s', async (from, change) => {
    await values.setSecret('MOVED', 'where it belongs', from);
    await test.db.pool.query(`update workflow_values set ${change} where name = 'MOVED'`);
    await expect(values.secretsOf('harbor', 'production')).rejects.toThrow(
      /was altered or belongs to another name/,
    );
    await test.db.run(sql`delete from workflow_values where name like 'MOVED%'`);
  });

  it('is never kept as it was given', async () => {
    await values.setSecret('SEALED', 'in plain sight');
    const row = await test.db.one<{ content: string }>(
      sql`select content from workflow_values where name = 'SEALED'`,
    );
    expect(row.content).toMatch(/^v1\./);
    const plain = test.db.run(
      sql`update workflow_values set content = 'in plain sight' where name = 'SEALED'`,
    );
    await expect(plain).rejects.toThrow('workflow_values');
  });
});
