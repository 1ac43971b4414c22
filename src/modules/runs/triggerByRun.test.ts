import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { triggerByRun } from './triggerByRun.ts';

let on: TestApi;
beforeAll(async () => {
  on = await createTestApi();
  await on.db.run(sql`
    with repository as (
      insert into repositories (name, config, default_branch, run_events, created_at)
      values ('harbor', '{"url": "https://github.com/acme/harbor"}', 'main', '{completed}', now()) returning id)
    insert into known_refs (repository_id, ref, sha) select id, 'refs/heads/main', ${'b'.repeat(40)} from repository`);
});
afterAll(() => on.close());

/** What is told of a run of a pull request. */
async function toldOf(head: object, rerunBy: string | null) {
  const payload = JSON.stringify({ pull_request: { head } });
  const { id } = await on.db.one<{ id: number }>(sql`
    with trigger as (
      insert into triggers (repository_id, event, ref, sha, actor, source, payload, trusted, created_at, planned_at)
      select id, 'pull_request', 'refs/pull/7/merge', ${'a'.repeat(40)}, 'ada', 'webhook', ${payload}, false, now(), now()
      from repositories returning id, repository_id)
    insert into workflow_runs (trigger_id, repository_id, file, number, name, title, event, ref, sha, actor, rerun_by, trusted,
      state, conclusion, created_at, finished_at)
    select id, repository_id, 'test.yml', (select count(*) + 1 from workflow_runs), 'test', '', 'pull_request',
      'refs/pull/7/merge', ${'a'.repeat(40)}, 'ada', ${rerunBy}, false, 'completed', 'success', now(), now() from trigger returning id`);
  await on.db.transaction((tx) => triggerByRun(tx, on.core.now(), 'http://slipway', id, 'completed'));
  return on.db.one<{ actor: string; payload: { workflow_run: Record<string, unknown> } }>(
    sql`select actor, payload from triggers where event = 'workflow_run' order by id desc limit 1`,
  );
}

test('a run of a fork that is gone is not told as one of the repository: workflows trust runs by that', async () => {
  const ofFork = await toldOf({ ref: 'main', repo: null }, null);
  expect(ofFork.payload.workflow_run).toMatchObject({ head_branch: 'main', head_repository: null });
});

test('whoever had a run again has begun what follows', async () => {
  const { actor, payload } = await toldOf({ ref: 'topic', repo: { full_name: 'eve/harbor' } }, 'ben');
  expect(actor).toBe('ben');
  expect(payload.workflow_run).toMatchObject({
    ...{ actor: { login: 'ada' }, triggering_actor: { login: 'ben' } },
    head_repository: { full_name: 'eve/harbor' },
  });
});
