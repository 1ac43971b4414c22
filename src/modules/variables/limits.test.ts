import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { prepareWorkflowValues, refusal, type Where, wheres } from '../../../test/harness/workflowValues.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
let values: Awaited<ReturnType<typeof prepareWorkflowValues>>;
beforeAll(async () => {
  test = await createTestApi();
  values = await prepareWorkflowValues(test);
});
afterAll(() => test.close());

describe('what is refused', () => {
  it.each([
    ['1ST', 'starts with a digit'],
    ['GITHUB_TOKEN', 'starts with GITHUB_'],
    ['github_x', 'starts with GITHUB_'],
    ['A-B', 'has something else in it than letters'],
    ['Ä', 'has something else in it than letters'],
    ['', 'is empty'],
    ['X'.repeat(256), 'is too long'],
  ])('the name "%s"', async (name, message) => {
    for (const set of [values.setSecret, values.setVariable])
      expect(await refusal(set(name, 'long enough'))).toMatch(`invalid_input: body.items.0.name: ${message}`);
  });

  it('a secret that cannot be masked, and anything of more than 48 KiB', async () => {
    const limit = 48 * 1024;
    expect(await refusal(values.setSecret('SHORT', ' abc '))).toMatch(
      'invalid_input: body.items[0]: SHORT has less than 4 bytes and could not be masked in logs',
    );
    expect(await refusal(values.setVariable('SHORT', ''))).toBe('done');
    for (const set of [values.setSecret, values.setVariable]) {
      expect(await refusal(set('LARGE', 'ü'.repeat(limit / 2)))).toBe('done');
      expect(await refusal(set('LARGE', `${'ü'.repeat(limit / 2)}x`))).toMatch(/LARGE has 49153 bytes/);
    }
    expect((await values.secretsOf('ferry')).LARGE).toHaveLength(limit / 2);
  });

  it('all of a request when one is', async () => {
    const items = [
      { name: 'GOOD', value: 'good enough' },
      { name: 'BAD', value: 'bad' },
      { name: 'good', value: 'good again' },
    ];
    const told = await refusal(
      test.machine.call(api.setWorkflowSecrets, { query: { repository: 'ferry' }, body: { items } }),
    );
    expect(told).toContain('body.items[1]: BAD has less than 4 bytes');
    expect(told).toContain('body.items[2]: GOOD is there twice, first at items[0]');
    expect(await values.secretsOf('ferry')).not.toHaveProperty('GOOD');
  });

  it('a place that there is not', async () => {
    expect(await refusal(values.setSecret('X', 'long enough', { environment: 'production' }))).toMatch(
      'invalid_input: query.environment: "production" is one of a repository',
    );
    expect(await refusal(values.setSecret('X', 'long enough', { repository: 'barge' }))).toMatch(
      'not_found: no repository',
    );
    expect(
      await refusal(values.setSecret('X', 'long enough', { ...wheres.repository, environment: 'prod' })),
    ).toMatch(
      'not_found: harbor has no environment "prod" for workflows; it has Production. Declare it: slipway environments set',
    );
  });
});

describe('how many there may be', () => {
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({ name: `N${from + index}`, value: 'long enough' }));

  it('100 in a repository, also when twenty come at once; replacing always works', async () => {
    const own = await scoped(createTestApi());
    await prepareWorkflowValues(own);
    const query = { repository: 'harbor' };
    const put = (items: { name: string; value: string }[], where: Where = query) =>
      refusal(own.machine.call(api.setWorkflowSecrets, { query: where, body: { items } }));
    expect(await put(many(95))).toBe('done');
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => put(many(1, 100 + index))));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5);
    expect(outcomes).toContain(
      'conflict: harbor would have 101 secrets, and may have 100; delete some that nothing uses',
    );
    expect(await put(many(95))).toBe('done');
    expect(await put(many(100), { ...query, environment: 'production' })).toBe('done');
    expect(await put(many(1, 500), { ...query, environment: 'production' })).toMatch(
      'conflict: harbor/Production',
    );
    expect(await put(many(101), {})).toMatch('invalid_input');
    for (let from = 0; from < 1000; from += 100) expect(await put(many(100, from), {})).toBe('done');
    expect(await put(many(1, 1000), {})).toMatch('conflict: organization would have 1001 secrets');
    expect(await refusal(own.machine.call(api.setVariables, { query, body: { items: many(100) } }))).toBe(
      'done',
    );
  });
});
