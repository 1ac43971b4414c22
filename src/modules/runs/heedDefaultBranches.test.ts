import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { createRepository } from '../../../test/harness/git.ts';
import { api } from '../../contract/index.ts';
import { fetchNext } from '../repositories/index.ts';
import { heedDefaultBranches, openPlanner } from './index.ts';

let on: TestApi;
beforeAll(async () => {
  on = await createTestApi();
});
afterAll(() => on.close());

test('what the default branch waits for is known from the first fetch on, and when another one becomes the default; nothing starts', async () => {
  const origin = await createRepository();
  onTestFinished(() => origin[Symbol.asyncDispose]());
  const planner = openPlanner({ threads: 1 });
  onTestFinished(() => planner.close());
  const { db, now, paths, settings } = on.core;
  const heed = () =>
    heedDefaultBranches({ db, now, paths, planner, publicUrl: settings.urlPrefix, actionPlaces: [] });
  const fetch = async () => {
    await db.run(
      sql`update repositories set fetch_requested_at = now() + interval '1 hour' where fetched_at is not null`,
    );
    await fetchNext(on.core, new AbortController().signal);
  };
  const commit = (branch: string, events: object) =>
    origin.commit({
      branch,
      files: {
        '.github/workflows/wait.yml': stringify({
          on: events,
          jobs: { a: { 'runs-on': 'ubuntu-latest', steps: [{ run: 'true' }] } },
        }),
      },
    });
  const known = async () => ({
    ...(await db.one<{ run_events: string[]; heeded_sha: string }>(
      sql`select run_events, heeded_sha from repositories where name = 'harbor'`,
    )),
    crons: (await db.many<{ cron: string }>(sql`select cron from schedules`)).map(({ cron }) => cron),
  });

  const first = await commit('main', {
    schedule: [{ cron: '5 4 * * *' }],
    workflow_run: { workflows: ['test'], types: ['completed'] },
  });
  const text = stringify({ repositories: { harbor: { url: origin.directory, fetch_every: 0 } } });
  await on.machine.call(api.applyConfiguration, { body: { text } });
  await fetch();
  await heed();
  expect(await known()).toEqual({ run_events: ['completed'], heeded_sha: first, crons: ['5 4 * * *'] });

  const second = await commit('trunk', { workflow_run: { workflows: ['test'], types: ['requested'] } });
  await origin.git('symbolic-ref', 'HEAD', 'refs/heads/trunk');
  await fetch();
  // Its push has this at heart, until it is planned.
  await heed();
  expect((await known()).heeded_sha).toBe(first);
  await db.run(sql`update triggers set planned_at = now()`);
  await heed();
  expect(await known()).toEqual({ run_events: ['requested'], heeded_sha: second, crons: [] });
  expect(await db.many(sql`select event, ref from triggers`)).toEqual([
    { event: 'push', ref: 'refs/heads/trunk' },
  ]);
});
