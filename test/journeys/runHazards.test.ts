import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { describe, expect, onTestFinished, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { fireSchedules, keepOpenCommits, openPlanner, openPlanning } from '../../src/modules/runs/index.ts';
import { runGit } from '../../src/platform/git/index.ts';
import { startDispatcher } from '../../src/services/dispatcher.ts';
import { runsContextOf } from '../../src/services/runsContext.ts';
import { type Ci, createCi, job, workflow } from '../harness/ci.ts';
import { startRunnerProcess } from '../harness/runnerProcess.ts';
import { scoped } from '../harness/scoped.ts';
import { eventually } from '../harness/ship.ts';
import { findProcesses } from '../soak/processes.ts';

/** A step that says that it began, and goes on when the test lets it. */
const waitsAt = (scratch: string, gate: string): string =>
  `echo began >> ${scratch}/${gate}.book; while [ ! -e ${scratch}/${gate} ]; do sleep 0.05; done`;

const open = (ci: Ci, gate: string) => appendFile(join(ci.scratch, gate), '');

const begins = (ci: Ci, gate: string) =>
  eventually(`the step at ${gate} begins`, async () => (await book(ci, gate)).includes('began'));

const book = (ci: Ci, gate: string) => readFile(join(ci.scratch, `${gate}.book`), 'utf8').catch(() => '');

const unplanned = (ci: Ci) =>
  ci.api.db.one<{ count: number }>(sql`select count(*)::int from triggers where planned_at is null`);

test('a push of 5,000 branches starts a run of each that asks for one, and the commit is read once', async () => {
  const ci = await scoped(createCi({ runner: false }));
  const on = { push: { branches: ['branch-*7'] } };
  await ci.commit(workflow('test', { on, jobs: { test: job(['true']) } }));
  const refs = Array.from({ length: 5000 }, (_, index) => `HEAD:refs/heads/branch-${index}`);
  await ci.copy.must('push', '--quiet', 'origin', ...refs);
  await eventually(
    'each of every tenth branch has a run with a job that may start',
    async () => {
      const { count } = await ci.api.db.one<{ count: number }>(sql`
        select count(distinct r.ref)::int from workflow_runs r join workflow_jobs j on j.run_id = r.id
        where j.state = 'queued'`);
      return count === 500;
    },
    300_000,
  );
  await eventually('all of them are looked at', async () => (await unplanned(ci)).count === 0);
}, 400_000);

test('one repository with much to plan does not keep another waiting', async () => {
  const ci = await scoped(createCi({ runner: false }));
  const slow = Array.from({ length: 3000 }, (_, index) => [`job-${index}`, job(['true'])]);
  const files = workflow('slow', { on: 'push', jobs: Object.fromEntries(slow) });
  const refs: string[] = [];
  for (let commit = 0; commit < 6; commit += 1) {
    await ci.commit({ ...files, change: `${commit}` });
    await ci.copy.must('branch', `branch-${commit}`);
    refs.push(`branch-${commit}`);
  }
  await ci.git.host('quick');
  await ci.copy.must('push', '--quiet', 'origin', ...refs);
  await pushWorkflow(ci, 'quick');
  await eventually('the push to the other one is planned', async () => {
    const row = await ci.api.db.maybe(sql`
      select 1 from triggers t join repositories r on r.id = t.repository_id
      where r.name = 'quick' and planned_at is not null`);
    return row !== undefined;
  });
  expect((await unplanned(ci)).count).toBeGreaterThan(0);
}, 200_000);

test('a run of which nobody can say what comes next fails and says so; the others go on', async () => {
  const ci = await scoped(createCi({ runner: false }));
  const twice = { on: 'push', jobs: { one: job(['true']), two: job(['true'], { needs: 'one' }) } };
  const sha = await ci.push(workflow('test', twice));
  const [broken] = await ci.runsOf(sha);
  await eventually('its first job is queued', async () => (await ci.show(broken?.id ?? 0)).jobs.total > 0);
  await ci.api.db.run(sql`
    update workflow_runs set plan = jsonb_set(plan::jsonb, '{jobs,1}', '"broken"')::json, advance = true where id = ${broken?.id}`);
  const next = await ci.push(workflow('test', twice));

  await eventually('it ends', async () => {
    const run = await ci.api.db.one<{ conclusion: string | null; findings: object[] | null }>(
      sql`select conclusion, findings from workflow_runs where id = ${broken?.id}`,
    );
    return run.conclusion === 'failure' && JSON.stringify(run.findings).includes('planning failed');
  });
  const jobs = await ci.api.db.many<{ conclusion: string }>(
    sql`select conclusion from workflow_jobs where run_id = ${broken?.id}`,
  );
  expect(jobs).toEqual([{ conclusion: 'failure' }]);
  await ci.startRunner();
  expect(await ci.ended(next)).toMatchObject({ conclusion: 'success' });
});

test('a workflow that takes for ever to plan is a failed check that says so; the one beside it runs', async () => {
  const ci = await scoped(createCi({ runner: false }));
  await ci.dispatcher.close();
  // A text of nine million characters, some hundred times: it may not be longer.
  const hundred = '{0}'.repeat(100);
  const long = `format('${hundred}',format('${hundred}',format('${hundred}','sluggish!')))`;
  const title = expression(`contains(${long},'never')`).repeat(800);
  const sha = await ci.push({
    ...workflow('quick', { on: 'push', jobs: { quick: job(['true']) } }),
    ...workflow('slow', { on: 'push', 'run-name': title, jobs: { slow: job(['true']) } }),
  });
  const [planner, impatient] = [openPlanner({ threads: 1 }), openPlanner({ threads: 1, deadlineMs: 200 })];
  const context = runsContextOf(ci.api.core, {
    ...planner,
    plan: (ground, trigger, run) =>
      (run.file.includes('slow') ? impatient : planner).plan(ground, trigger, run),
  });
  const planning = openPlanning(context);
  await planning.perform((await planning.next()) ?? []);
  await Promise.all([planner.close(), impatient.close()]);
  const runs = await ci.runsOf(sha, 2);
  expect(runs.map(({ workflow, conclusion }) => `${workflow} ${conclusion}`).sort()).toEqual([
    'quick null',
    'slow failure',
  ]);
  const { checks } = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
  expect(checks).toMatchObject([
    { name: 'slow', conclusion: 'failure', summary: expect.stringContaining('planning takes more than') },
  ]);
});

test('a commit that is gone before it is planned is a failed check that says so', async () => {
  const ci = await scoped(createCi({ runner: false }));
  await ci.dispatcher.close();
  const sha = await ci.push(workflow('test', { on: 'push', jobs: { test: job(['true']) } }));
  await ci.copy.must('checkout', '--quiet', '--orphan', 'other');
  await ci.push({ file: 'other' }, { force: true });
  const { id } = await ci.api.db.one<{ id: number }>(sql`select id from repositories`);
  await runGit(['reflog', 'expire', '--expire=now', '--all'], { gitDir: ci.api.core.paths.mirror(id) });
  await runGit(['gc', '--quiet', '--prune=now'], { gitDir: ci.api.core.paths.mirror(id) });
  const planner = openPlanner({ threads: 1 });
  onTestFinished(() => planner.close());
  const planning = openPlanning(runsContextOf(ci.api.core, planner));
  await planning.perform((await planning.next()) ?? []);
  const checks = await ci.api.db.many(sql`select name, conclusion, summary from checks where sha = ${sha}`);
  expect(checks).toEqual([
    { name: 'workflows', conclusion: 'failure', summary: expect.stringContaining(sha.slice(0, 7)) },
  ]);
});

describe('during a run', () => {
  test('a force-push takes its commit from the branch, and not from the run', async () => {
    const ci = await scoped(createCi());
    const url = await ci.git.url('harbor');
    const steps = [
      waitsAt(ci.scratch, 'gate'),
      'git init -q . && git fetch -q --depth=1 "$URL" "$GITHUB_SHA" && git show -s --format=%s FETCH_HEAD',
    ];
    const sha = await ci.push(
      workflow('test', { on: 'push', env: { URL: url }, jobs: { test: job(steps) } }),
      { message: 'The old one' },
    );
    await begins(ci, 'gate');
    await ci.copy.must('checkout', '--quiet', '--orphan', 'other');
    await ci.push({ file: 'other' }, { force: true });
    const { id } = await ci.api.db.one<{ id: number }>(sql`select id from repositories`);
    await ci.api.db.run(sql`update workflow_runs set created_at = now() - interval '3 days'`);
    await keepOpenCommits(ci.api.core, new Date());
    await runGit(['gc', '--quiet', '--prune=now'], { gitDir: ci.api.core.paths.mirror(id) });
    await open(ci, 'gate');
    const run = await ci.ended(sha);
    expect(await ci.log(run.jobs_list[0]?.id ?? 0)).toContain('The old one');
    expect(run).toMatchObject({ conclusion: 'success', sha });
  });

  test('its repository is taken away: its processes end, and the runner goes on with others', async () => {
    const ci = await scoped(createCi({ jobRunner: { capacity: 1 } }));
    const steps = [waitsAt(ci.scratch, 'gate')];
    const sha = await ci.push(
      workflow('test', { on: 'push', env: { HAZARD: ci.scratch }, jobs: { test: job(steps) } }),
    );
    await begins(ci, 'gate');
    const [run] = await ci.runsOf(sha);
    await ci.git.host('quick');
    const taken = { params: { repository: 'harbor' }, query: { confirm: 'harbor' } };
    await expect(ci.client.call(api.deleteRepository, taken)).rejects.toThrow(
      'app harbor-app is built from it',
    );
    await declareAppOf(ci, 'harbor-app', 'quick');
    const { id } = await ci.api.db.one<{ id: number }>(
      sql`select id from repositories where name = 'harbor'`,
    );
    await ci.client.call(api.deleteRepository, taken);
    await eventually('its processes are gone', () => marked(`HAZARD=${ci.scratch}`) === 0);
    await eventually('its mirror is gone', () => !existsSync(ci.api.core.paths.mirror(id)));
    await pushWorkflow(ci, 'quick');
    await eventually('the other one is through', async () => {
      const { items } = await ci.client.call(api.listRuns, {});
      return items.some(({ id, conclusion }) => id !== run?.id && conclusion === 'success');
    });
  });

  test('its runner hangs beyond its lease: its processes are ended before the job says so', async () => {
    const ci = await scoped(createCi({ runner: false }));
    // Jobs have a `/tmp` of their own, and this runner is told of no other place.
    const directory = await mkdtemp('/var/tmp/slipway-hazard-');
    await scoped(
      Promise.resolve({ [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) }),
    );
    const runner = await scoped(startRunnerProcess(ci.api, {}, [], 'jobs'));
    const sha = await ci.push(
      workflow('test', {
        on: 'push',
        env: { HAZARD: directory },
        jobs: { test: job([`(setsid sleep 900 &)\necho began > ${directory}/book\nsleep 900`]) },
      }),
    );
    await eventually('its step begins', async () =>
      (await readFile(`${directory}/book`, 'utf8').catch(() => '')).includes('began'),
    );
    // A runner tells of a step while it runs: until then its job would run again instead.
    const [begun] = await ci.runsOf(sha);
    await eventually('its step is told', async () => {
      const [told] = (await ci.show(begun?.id ?? 0)).jobs_list;
      return told !== undefined && (await hasOwnStep(ci, told.id));
    });
    runner.signal('SIGSTOP');
    await ci.api.db.run(sql`update runners set last_seen_at = now() - interval '1 minute'`);
    await ci.api.db.run(
      // Its end lies far away: the clock has been set back since.
      sql`update workflow_jobs set lease_expires_at = now() + interval '1 hour' where lease_token is not null`,
    );
    const run = await ci.ended(sha);
    expect(marked(`HAZARD=${directory}`)).toBe(0);
    await runner.ended;
    expect(run.jobs_list[0]?.reason).toContain('vanished during step');
  });
});

const hasOwnStep = async (ci: Ci, job: number): Promise<boolean> => {
  const { steps } = await ci.client.call(api.showJob, { params: { job } });
  return steps.some(({ phase }) => phase === 'main');
};

const marked = (variable: string): number =>
  findProcesses(({ environment }) => environment.split('\0').includes(variable)).length;

/** Declares an app as another repository's. */
async function declareAppOf(ci: Ci, app: string, repository: string): Promise<void> {
  const steps = [{ name: 'Build', run: 'true' }];
  const apps = { [app]: { repository, team: 'web', steps, environments: { staging: null } } };
  const text = JSON.stringify({ repositories: { [repository]: null }, apps });
  await ci.client.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
}

/** Pushes a workflow of one job to another repository. */
async function pushWorkflow(ci: Ci, repository: string): Promise<void> {
  const copy = await ci.git.workingCopy(repository);
  await mkdir(join(ci.git.client.directory, `${repository}-copy`, '.github/workflows'), { recursive: true });
  await copy.commit(
    JSON.stringify({ on: 'push', jobs: { test: job(['true']) } }),
    '.github/workflows/test.yml',
  );
  await copy.must('push', '--quiet', 'origin', 'main');
}

test('two dispatchers and three runners do each job once', async () => {
  const ci = await scoped(createCi({ runner: false }));
  const other = startDispatcher(ci.api.core);
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: () => other.close() }));
  for (const name of ['one', 'two', 'three']) await ci.startRunner({ name, capacity: 2 });
  const line = `echo "$GITHUB_RUN_ID $LEG" >> ${ci.scratch}/once`;
  const legs = { strategy: { matrix: { leg: [1, 2, 3, 4] } }, env: { LEG: expression('matrix.leg') } };
  const last = { needs: 'legs', env: { LEG: 'last' } };
  await ci.commit(
    workflow('test', { on: 'push', jobs: { legs: job([line], legs), last: job([line], last) } }),
  );
  const branches = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  await ci.copy.must('push', '--quiet', 'origin', ...branches.map((name) => `HEAD:refs/heads/${name}`));
  const sha = await ci.copy.must('rev-parse', 'HEAD');
  const runs = await ci.runsOf(sha, branches.length);
  for (const { id } of runs) {
    const run = await ci.until(id, 'ended', ({ state }) => state === 'completed');
    expect(run.jobs_list.map(({ conclusion, reason }) => reason ?? conclusion)).toEqual(
      Array(5).fill('success'),
    );
  }
  const wrote = (await readFile(join(ci.scratch, 'once'), 'utf8')).trim().split('\n');
  expect(wrote).toHaveLength(branches.length * 5);
  expect(new Set(wrote).size).toBe(branches.length * 5);
  expect(runs.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

const expression = (text: string): string => `\${{ ${text} }}`;

test('a matrix wider than its runner runs to its end, and what needs it comes after', async () => {
  const ci = await scoped(createCi({ jobRunner: { capacity: 8 } }));
  const leg = Array.from({ length: 32 }, (_, index) => index);
  const sha = await ci.push(
    workflow('wide', {
      on: 'push',
      jobs: {
        legs: job(['true'], { strategy: { matrix: { leg } } }),
        last: job(['true'], { needs: 'legs' }),
      },
    }),
  );
  const run = await ci.ended(sha);
  expect(
    run.jobs_list.flatMap(({ conclusion, reason }) => (conclusion === 'failure' ? [reason] : [])),
  ).toEqual([]);
  expect(run).toMatchObject({ conclusion: 'success', jobs: { total: 33, success: 33 } });
}, 200_000);

test('a job that gives way in its concurrency group says so in its check', async () => {
  const ci = await scoped(createCi());
  const queued = job([waitsAt(ci.scratch, 'gate')], { concurrency: { group: 'one' } });
  const files = workflow('test', { on: 'push', jobs: { queued } });
  await ci.push(files);
  await begins(ci, 'gate');
  const overtaken = await ci.push(files);
  const [waiting] = await ci.runsOf(overtaken);
  await ci.until(waiting?.id ?? 0, 'a job that waits', (run) => run.jobs_list[0]?.state === 'pending');
  await ci.push(files);
  expect(await ci.ended(overtaken)).toMatchObject({ conclusion: 'cancelled' });
  const { checks } = await ci.client.call(api.showCommit, {
    params: { repository: 'harbor', sha: overtaken },
  });
  expect(checks).toMatchObject([{ name: 'queued', status: 'completed', conclusion: 'cancelled' }]);
  await open(ci, 'gate');
});

test('two runs that wait for what the other has: the newer one gives way, in words, and the other goes on', async () => {
  const ci = await scoped(createCi());
  const crossing = (own: string, other: string) => ({
    on: 'push',
    concurrency: own,
    jobs: {
      first: job([`echo > ${ci.scratch}/${own}; while [ ! -e ${ci.scratch}/${other} ]; do sleep 0.05; done`]),
      second: job(['true'], { needs: 'first', concurrency: other }),
    },
  });
  const sha = await ci.push({
    ...workflow('one', crossing('tide', 'ebb')),
    ...workflow('two', crossing('ebb', 'tide')),
  });
  await ci.runsOf(sha, 2);
  const runs = [await ci.ended(sha, 'one'), await ci.ended(sha, 'two')].sort((a, b) => a.id - b.id);
  expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'cancelled']);
  expect(runs[1]?.jobs_list[1]?.reason).toMatch(
    /^it and harbor\/\w+#1 wait for each other's concurrency groups/,
  );
});

test('a clock that jumps an hour ahead and back fires a schedule once', async () => {
  const ci = await scoped(createCi({ runner: false }));
  await ci.dispatcher.close();
  const { db } = ci.api;
  const now = new Date('2030-01-01T12:30:00Z');
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  await ci.copy.must('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
  await db.run(sql`
    insert into schedules (repository_id, file, cron, timezone, next_at)
    select id, '.github/workflows/a.yml', '0 * * * *', 'UTC', ${at(30)} from repositories`);
  expect(await fireSchedules(db, now)).toBe(0);
  expect(await fireSchedules(db, at(60))).toBe(1);
  expect(await fireSchedules(db, now)).toBe(0);
  expect(await fireSchedules(db, at(60))).toBe(0);
  expect(await fireSchedules(db, at(90))).toBe(1);
});
