import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { prepareWorkflowValues, wheres } from '../../../test/harness/workflowValues.ts';
import { api } from '../../contract/index.ts';

const value = 'hush-hush-3f2a9c1d';
let test: TestApi;
const heard: string[] = [];
beforeAll(async () => {
  test = await createTestApi();
  await prepareWorkflowValues(test);
});
afterAll(() => test.close());

/** Asks, and keeps all that comes back. */
async function ask(method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(`${test.address}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${test.machineToken}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect(response.status, `${method} ${path}`).not.toBe(500);
  heard.push(`${method} ${path} ${JSON.stringify([...response.headers])} ${await response.text()}`);
}

const scopes = Object.values(wheres).map((where) => new URLSearchParams({ ...where }));
const token = { name: 'TOKEN', value };
/** Each is refused for another reason. */
const wrong: object[] = [
  { items: [token, { name: 'token', value }] },
  { items: [{ name: '1X', value }] },
  { items: [{ name: 'X', value: value.repeat(4000) }] },
  { items: [{ name: 'X', value: { value } }] },
  { items: [{ name: 'X', value: `\0${value}` }] },
  { items: value },
];

it('the value of a secret is in no answer, no audit entry and no event', async () => {
  for (const query of scopes) {
    await ask('PUT', `/workflow/secrets?${query}`, { items: [token] });
    for (const kind of ['secrets', 'variables'])
      for (const body of wrong) await ask('PUT', `/workflow/${kind}?${query}`, body);
  }
  for (const path of readable())
    for (const query of path.startsWith('/workflow/') ? scopes : ['']) await ask('GET', `${path}?${query}`);
  await ask('DELETE', '/workflow/secrets/TOKEN');
  await ask('GET', '/audit?limit=200');
  const events = await test.db.many(sql`select * from events`);
  expect(JSON.stringify([heard, events])).not.toContain(value);
  expect(heard.filter((answer) => answer.includes('"TOKEN"')).length).toBeGreaterThan(3);
});

it('the audit log says whose it is, and who did what', async () => {
  const entries = await test.db.many<object>(
    sql`select action, subject, details from audit_log where action like 'workflow_secret.%' order by id`,
  );
  const entry = (action: string, level: string, repository: string | null, environment: string | null) => ({
    action: `workflow_secret.${action}`,
    subject: 'TOKEN',
    details: { level, repository, environment },
  });
  expect(entries).toEqual([
    entry('set', 'organization', null, null),
    entry('set', 'repository', 'harbor', null),
    entry('set', 'environment', 'harbor', 'Production'),
    entry('delete', 'organization', null, null),
  ]);
});

/** All that can be read, of what there is here. */
const readable = (): string[] =>
  Object.values(api)
    .filter(({ method, path }) => method === 'GET' && path !== '/events')
    .map(({ path }) => path.replace(/\{\w+\}/g, 'harbor'));
