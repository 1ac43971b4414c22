import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { api } from '../../contract/index.ts';
import { forgetOldJobLogs, forgetOldRuns } from './index.ts';

const shipped = 'd'.repeat(40);
let on: TestApi;
beforeAll(async () => {
  on = await createTestApi();
  await on.db.run(sql`
    with repository as (insert into repositories (name, config, created_at) values ('harbor', '{}', now()) returning id),
    team as (insert into teams (slug, name, created_at) values ('web', 'web', now()) returning id),
    refs as (insert into known_refs (repository_id, ref, sha) select id, 'refs/heads/main', 'x' from repository),
    app as (
      insert into apps (name, repository_id, team_id, config, created_at)
      select 'harbor', repository.id, team.id, '{}', now() from repository, team returning id),
    environment as (insert into environments (app_id, name, position, config) select id, 'staging', 0, '{}' from app returning id)
    insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by,
      requested_by_kind, requested_at, started_at, finished_at)
    select id, 1, 'deploy', 'succeeded', 'main', ${shipped}, '', '', '{}', 'ada', 'user', now(), now(), now() from environment`);
});
afterAll(() => on.close());

const days = (count: number) => new Date(on.core.now().getTime() - count * 86_400_000);
const never = new AbortController().signal;

interface Kept {
  readonly daysAgo: number | null;
  readonly ref?: string;
  readonly sha?: string;
  readonly file?: string;
  readonly event?: string;
  /** It begins with where the trigger is from. */
  readonly key?: string;
}

/** A run of one job, and its trigger; answers its id. */
async function insertRun(run: Kept): Promise<number> {
  const {
    daysAgo,
    ref = 'refs/heads/main',
    sha = 'a'.repeat(40),
    file = 'test.yml',
    event = 'push',
    key,
  } = run;
  const source = key?.split(':')[0] ?? 'push';
  const at = days(daysAgo ?? 400);
  const [state, conclusion] = daysAgo === null ? ['running', null] : ['completed', 'success'];
  const ended = daysAgo === null ? null : at;
  const row = await on.db.one<{ id: number }>(sql`
    with trigger as (
      insert into triggers (repository_id, event, ref, sha, actor, source, payload, trusted, key, created_at, planned_at)
      select id, ${event}, ${ref}, ${sha}, 'ada', ${source}, '{"big": true}', true, ${key ?? null}, ${at}, ${at} from repositories
      returning id, repository_id),
    run as (
      insert into workflow_runs (trigger_id, repository_id, file, number, name, title, event, ref, sha, actor, trusted, state,
        conclusion, created_at, finished_at)
      select id, repository_id, ${file}, (select count(*) + 1 from workflow_runs), 'test', '', ${event}, ${ref}, ${sha}, 'ada', true,
        ${state}, ${conclusion}, ${at}, ${ended} from trigger returning id)
    insert into workflow_jobs (run_id, attempt, key, name, state, conclusion, created_at, started_at, finished_at)
    select id, 1, 'test', 'test', ${daysAgo === null ? 'queued' : state}, ${conclusion}, ${at}, ${at}, ${ended} from run returning run_id as id`);
  return row.id;
}

const jobOf = async (run: number): Promise<number> =>
  (await on.db.one<{ id: number }>(sql`select id from workflow_jobs where run_id = ${run}`)).id;

test('runs go after their time, but for the newest of a branch that is there and those of commits that were shipped', async () => {
  const old = await insertRun({ daysAgo: 91 });
  const gone = {
    old,
    ofAnotherDelivery: await insertRun({ daysAgo: 91, ref: 'refs/pull/7/merge', key: 'webhook:1' }),
    ofASchedule: await insertRun({ daysAgo: 91, ref: 'refs/heads/gone', key: 'schedule:1' }),
    ofABranchThatIsGone: await insertRun({ daysAgo: 91, ref: 'refs/heads/gone' }),
  };
  const kept = {
    newestOfItsEvent: await insertRun({ daysAgo: 91, event: 'schedule' }),
    newestOfItsBranch: await insertRun({ daysAgo: 91 }),
    newestOfItsWorkflow: await insertRun({ daysAgo: 91, file: 'lint.yml' }),
    shipped: await insertRun({ daysAgo: 91, ref: 'refs/heads/gone', sha: shipped }),
    young: await insertRun({ daysAgo: 89, ref: 'refs/heads/gone' }),
    open: await insertRun({ daysAgo: null, ref: 'refs/heads/gone' }),
  };
  await forgetOldRuns(on.db, days(90), never);
  const { items } = await on.machine.call(api.listRuns, { query: {} });
  expect(items.map(({ id }) => id).sort()).toEqual(Object.values(kept).sort());
  await expect(on.machine.call(api.showRun, { params: { run: gone.old } })).rejects.toThrow(
    `run ${gone.old} is gone: runs that nothing needs any more are removed (SLIPWAY_RUN_DAYS)`,
  );
  await expect(on.machine.call(api.showRun, { params: { run: 9999 } })).rejects.toThrow(
    'there is no run 9999;',
  );
  // What was delivered once starts nothing when it is delivered again, but needs no text any more.
  const left = await on.db.many<{ key: string | null; payload: unknown }>(sql`
    select key, payload from triggers t where not exists (select 1 from workflow_runs where trigger_id = t.id)`);
  expect(left).toEqual([{ key: 'webhook:1', payload: null }]);
});

test('logs go after their last line, also those that no row knows of, up to the first job that was made since; the job says so', async () => {
  await on.db.run(sql`delete from workflow_runs`);
  const [old, open] = [
    await insertRun({ daysAgo: 100, file: 'a.yml' }),
    await insertRun({ daysAgo: null, file: 'b.yml' }),
  ];
  await on.db.run(sql`select setval(pg_get_serial_sequence('workflow_jobs', 'id'), 2000)`);
  const young = await insertRun({ daysAgo: 10, file: 'c.yml' });
  const { paths } = on.core;
  const write = async (job: number, daysAgo: number, names = ['', '.index']) => {
    await mkdir(dirname(paths.jobLog(job)), { recursive: true });
    for (const name of names) {
      await writeFile(`${paths.jobLog(job)}${name}`, '');
      await utimes(`${paths.jobLog(job)}${name}`, days(daysAgo), days(daysAgo));
    }
  };
  const [oldJob, openJob, youngJob] = [await jobOf(old), await jobOf(open), await jobOf(young)];
  await write(oldJob, 91);
  await write(openJob, 91);
  await write(youngJob, 10);
  // Of a repository that was removed; what a crash left of one.
  await write(998, 91);
  await write(999, 91, ['.index']);
  // A folder of which nothing is old, and what is old behind it.
  await write(1001, 10);
  await write(2000, 91);
  await write(3001, 91);
  await forgetOldJobLogs(on.core, days(90), never);
  const names = await readdir(join(paths.root, 'logs', 'jobs'), { recursive: true });
  expect(names.filter((name) => name.endsWith('.log')).sort()).toEqual(
    [`0/${openJob}.log`, '1/1001.log', `2/${youngJob}.log`, '3/3001.log'].sort(),
  );
  expect(names.filter((name) => name.endsWith('.index'))).toHaveLength(4);

  const gone = 'its log is gone: logs are removed some time after their last line (SLIPWAY_JOB_LOG_DAYS)';
  const logGone = async (job: number) => (await on.machine.call(api.showJob, { params: { job } })).log_gone;
  expect(await logGone(oldJob)).toBe(gone);
  expect([await logGone(openJob), await logGone(youngJob)]).toEqual([null, null]);
  await expect(on.machine.fetchRaw(api.jobLog, { params: { job: oldJob } })).rejects.toThrow(gone);
});
