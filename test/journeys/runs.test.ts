import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import type { RunDetail, WorkflowRun } from '../../src/contract/runs.ts';
import { recordTrigger } from '../../src/modules/triggers/index.ts';
import { mergeCommits } from '../../src/platform/git/index.ts';
import { type Ci, createCi, job, workflow } from '../harness/ci.ts';
import { eventually, refusal } from '../harness/ship.ts';

let ci: Ci;
beforeAll(async () => {
  ci = await createCi();
});
afterAll(() => ci[Symbol.asyncDispose]());

const conclusions = ({ jobs_list }: RunDetail) =>
  Object.fromEntries(jobs_list.map(({ name, conclusion }) => [name, conclusion]));
const jobNamed = ({ jobs_list }: RunDetail, name: string) => {
  const found = jobs_list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no job ${name}`);
  return found;
};
/** A job that waits until the test lets it go on. */
const gated = (name: string) =>
  `touch ${ci.scratch}/${name}-begun; until test -e ${ci.scratch}/${name}; do sleep 0.02; done`;
const release = (name: string) => writeFile(join(ci.scratch, name), '');
const begun = (name: string) =>
  eventually(`${name} has begun`, () => existsSync(join(ci.scratch, `${name}-begun`)));

describe('a push', () => {
  test('runs the workflows of its commit, and each job is a check of it', async () => {
    const sha = await ci.push({
      ...workflow('build', {
        on: 'push',
        jobs: {
          unit: job(['test "$(cat file.txt)" = "$CONTENT"', 'echo "answer=42" >> "$GITHUB_OUTPUT"'], {
            strategy: { matrix: { n: [1, 2] } },
            env: { CONTENT: 'first' },
            steps: [
              { uses: 'actions/checkout@v4' },
              { run: 'test "$(cat file.txt)" = "$CONTENT"' },
              { run: 'echo "::warning file=file.txt,line=1::careful"' },
            ],
          }),
          last: job(['echo "$GITHUB_REPOSITORY $GITHUB_REF $GITHUB_SHA $GITHUB_RUN_NUMBER"'], {
            needs: 'unit',
          }),
          never: job(['exit 1'], { if: "github.ref == 'refs/heads/other'" }),
        },
      }),
    });
    const run = await ci.ended(sha);
    expect(run).toMatchObject({
      name: 'harbor/build#1',
      workflow: 'build',
      event: 'push',
      conclusion: 'success',
    });
    expect(conclusions(run)).toEqual({
      'unit (1)': 'success',
      'unit (2)': 'success',
      last: 'success',
      never: 'skipped',
    });
    expect(jobNamed(run, 'never').condition).toContain('refs/heads/other');
    expect(await ci.log(jobNamed(run, 'last').id)).toContain(`slipway/harbor refs/heads/main ${sha} 1`);
    expect(run.annotations[0]).toMatchObject({
      level: 'warning',
      message: 'careful',
      path: 'file.txt',
      line: 1,
    });
    const commit = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
    expect(commit.checks.map(({ name, workflow: of, green }) => [name, of, green])).toEqual(
      ['last', 'never', 'unit (1)', 'unit (2)'].map((name) => [name, 'build', true]),
    );
    const { lines, sections, finished } = await ci.client.call(api.jobLogOutline, {
      params: { job: jobNamed(run, 'last').id },
    });
    expect({ finished, steps: sections.length }).toEqual({ finished: true, steps: 3 });
    expect(lines).toBeGreaterThan(3);
  });

  test('that breaks something says which job, step and line; what needs it is blocked, and not green', async () => {
    const sha = await ci.push(
      workflow('build', {
        on: 'push',
        jobs: {
          unit: job(['echo "::error file=a.js,line=3::expected 3"; exit 7']),
          last: job(['true'], { needs: 'unit' }),
        },
      }),
    );
    const run = await ci.ended(sha);
    expect(conclusions(run)).toEqual({ unit: 'failure', last: 'skipped' });
    expect(jobNamed(run, 'last')).toMatchObject({ blocked: true });
    const { checks } = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
    expect(checks.map(({ name, green }) => [name, green])).toEqual([
      ['last', false],
      ['unit', false],
    ]);
    expect(checks.find(({ name }) => name === 'unit')?.summary).toMatch(/exit code 7.*a\.js:3: expected 3/);
  });

  test('of a workflow that is wrong is a run that failed, with the place', async () => {
    const sha = await ci.push({
      '.github/workflows/build.yml': 'on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n',
    });
    const run = await ci.ended(sha);
    expect(run).toMatchObject({ conclusion: 'failure', jobs_list: [] });
    expect(run.findings[0]).toMatchObject({ file: '.github/workflows/build.yml', line: 5, column: 5 });
  });

  test('whose workflows its filters exclude says why; path filters make checks that are not needed', async () => {
    const filtered = (on: object) => ({ on: { push: on }, jobs: { unit: job(['true']) } });
    const sha = await ci.push({
      ...workflow('build', filtered({ paths: ['src/**'] })),
      ...workflow('docs', filtered({ branches: ['release'] })),
      ...workflow('lint', { on: 'push', jobs: { lint: job(['true']) } }),
    });
    await ci.ended(sha, 'lint');
    const { unstarted, items } = await ci.client.call(api.listCommitRuns, {
      params: { repository: 'harbor', sha },
    });
    expect(items.map(({ workflow: name }) => name)).toEqual(['lint']);
    expect(unstarted.map(({ name, not_needed }) => [name, not_needed])).toEqual([
      ['build', true],
      ['docs', false],
    ]);
    const { checks } = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
    expect(checks.find(({ workflow: of }) => of === 'build')).toMatchObject({
      name: 'unit',
      conclusion: 'skipped',
      green: true,
    });
    expect(checks.find(({ workflow: of }) => of === 'docs')).toBeUndefined();
  });
});

describe('somebody', () => {
  test('starts a workflow by hand, with inputs that are checked before anything starts', async () => {
    const inputs = {
      level: { type: 'choice', options: ['low', 'high'], required: true },
      dry: { type: 'boolean', default: true },
    };
    await ci.push(
      workflow('build', {
        on: { workflow_dispatch: { inputs } },
        jobs: { unit: job([`echo "level=\${{ inputs.level }} dry=\${{ inputs.dry }}"`]) },
      }),
    );
    const dispatch = (body: { workflow: string; inputs?: Record<string, string> }) =>
      ci.client.call(api.dispatchWorkflow, { params: { repository: 'harbor' }, body });
    expect(await refusal(dispatch({ workflow: 'nothing' }))).toBe('not_found');
    expect(await refusal(dispatch({ workflow: 'build' }))).toBe('invalid_input');
    expect(await refusal(dispatch({ workflow: 'build', inputs: { level: 'max' } }))).toBe('invalid_input');
    expect(await refusal(dispatch({ workflow: 'build', inputs: { level: 'low', x: '1' } }))).toBe(
      'invalid_input',
    );
    const { sha } = await dispatch({ workflow: 'build', inputs: { level: 'high' } });
    const run = await ci.ended(sha, 'build');
    expect(run).toMatchObject({ event: 'workflow_dispatch', conclusion: 'success' });
    expect(await ci.log(jobNamed(run, 'unit').id)).toContain('level=high dry=true');
    const viewer = await ci.api.as('viewer');
    expect(
      await refusal(
        viewer.call(api.dispatchWorkflow, { params: { repository: 'harbor' }, body: { workflow: 'build' } }),
      ),
    ).toBe('forbidden');
  });

  test('cancels a run: what runs is ended, always() still runs, what waits never starts', async () => {
    const steps = [{ run: gated('cancel') }, { if: 'always()', run: `touch ${ci.scratch}/cleaned-up` }];
    const sha = await ci.push(
      workflow('build', {
        on: 'push',
        jobs: { slow: job([], { steps }), last: job(['true'], { needs: 'slow' }) },
      }),
    );
    const [{ id } = { id: 0 }] = await ci.runsOf(sha);
    await begun('cancel');
    await ci.client.call(api.cancelRun, { params: { run: id } });
    const run = await ci.ended(sha);
    expect(run.conclusion).toBe('cancelled');
    expect(conclusions(run)).toEqual({ slow: 'cancelled', last: 'skipped' });
    expect(existsSync(join(ci.scratch, 'cleaned-up'))).toBe(true);
    expect(await refusal(ci.client.call(api.cancelRun, { params: { run: id } }))).toBe('invalid_transition');
  });

  test('runs again what failed; what succeeded keeps its result, and the attempt before stays', async () => {
    const flag = join(ci.scratch, 'fixed');
    const count = `echo x >> ${ci.scratch}/good-ran`;
    const sha = await ci.push(
      workflow('build', {
        on: 'push',
        jobs: {
          good: job([count]),
          bad: job([`test -e ${flag}`]),
          last: job(['true'], { needs: ['good', 'bad'] }),
        },
      }),
    );
    const first = await ci.ended(sha);
    expect(conclusions(first)).toEqual({ good: 'success', bad: 'failure', last: 'skipped' });
    await writeFile(flag, '');
    await ci.client.call(api.rerunRun, { params: { run: first.id }, body: { only: 'failed' } });
    const second = await ci.until(
      first.id,
      'ended again',
      ({ state, attempt }) => state === 'completed' && attempt === 2,
    );
    expect(conclusions(second)).toEqual({ good: 'success', bad: 'success', last: 'success' });
    expect(second).toMatchObject({ conclusion: 'success', attempts: 2 });
    expect(jobNamed(second, 'good').carried).toBe(true);
    expect(await readFile(join(ci.scratch, 'good-ran'), 'utf8')).toBe('x\n');
    expect(conclusions(await ci.show(first.id, 1))).toEqual({
      good: 'success',
      bad: 'failure',
      last: 'skipped',
    });
    const { checks } = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
    expect(checks.every(({ green }) => green)).toBe(true);
  });
});

describe('a concurrency group', () => {
  test('lets one run at a time; of those that wait only the newest stays', async () => {
    const name = (n: number) => `group-${n}`;
    const push = (n: number) =>
      ci.push(workflow('build', { on: 'push', concurrency: 'one', jobs: { a: job([gated(name(n))]) } }), {
        branch: `g${n}`,
      });
    const first = await push(1);
    await begun(name(1));
    const second = await push(2);
    const [waiting] = await ci.runsOf(second);
    await ci.until(
      waiting?.id ?? 0,
      'to wait',
      ({ state, reason }) => state === 'pending' && /concurrency group one/.test(reason ?? ''),
    );
    const third = await push(3);
    const overtaken = await ci.ended(second);
    expect(overtaken).toMatchObject({ conclusion: 'cancelled' });
    expect(overtaken.reason).toMatch(/harbor\/build#\d+ is newer in the concurrency group one/);
    await release(name(1));
    expect(await ci.ended(first)).toMatchObject({ conclusion: 'success' });
    await begun(name(3));
    await release(name(3));
    expect(await ci.ended(third)).toMatchObject({ conclusion: 'success' });
  });

  test('with cancel-in-progress ends the run that has it', async () => {
    const concurrency = { group: `\${{ github.workflow }}`, 'cancel-in-progress': true };
    const push = (script: string, branch: string) =>
      ci.push(workflow('build', { on: 'push', concurrency, jobs: { a: job([script]) } }), { branch });
    const first = await push(gated('in-progress'), 'p1');
    await begun('in-progress');
    const second = await push('true', 'p2');
    expect(await ci.ended(first)).toMatchObject({ conclusion: 'cancelled' });
    expect(await ci.ended(second)).toMatchObject({ conclusion: 'success' });
  });

  test('of a job holds it back, while others of its run go on', async () => {
    const jobs = {
      one: job([gated('job-group')], { concurrency: 'machine' }),
      two: job(['true'], { concurrency: 'machine' }),
      free: job(['true']),
    };
    const sha = await ci.push(workflow('build', { on: 'push', jobs }));
    await begun('job-group');
    const [{ id } = { id: 0 }] = await ci.runsOf(sha);
    const meanwhile = await ci.until(
      id,
      'its free job ended',
      (run) => jobNamed(run, 'free').conclusion === 'success',
    );
    expect(jobNamed(meanwhile, 'two')).toMatchObject({
      state: 'pending',
      reason: 'waits for the concurrency group machine',
    });
    await release('job-group');
    expect(conclusions(await ci.ended(sha))).toEqual({ one: 'success', two: 'success', free: 'success' });
  });
});

test('a job that no runner can take says which labels are missing', async () => {
  const sha = await ci.push(
    workflow('build', { on: 'push', jobs: { gpu: job(['true'], { 'runs-on': ['self-hosted', 'gpu'] }) } }),
  );
  const [{ id } = { id: 0 }] = await ci.runsOf(sha);
  const run = await ci.until(id, 'a job', ({ jobs_list }) => jobs_list.length === 1);
  expect(jobNamed(run, 'gpu')).toMatchObject({
    state: 'queued',
    reason: expect.stringMatching(/no runner has all of its labels \(self-hosted, gpu\); there is .+linux/),
  });
  const runner = await ci.startRunner({ labels: ['self-hosted', 'gpu'], name: 'big' });
  const ended = await ci.ended(sha);
  expect(jobNamed(ended, 'gpu')).toMatchObject({ conclusion: 'success', runner: 'big' });
  await runner.stop('the test needs it no more');
});

test('a job that needs a container engine waits for a runner that has one', async () => {
  const boxed = job(['true'], { 'runs-on': ['self-hosted', 'boxes'], container: 'busybox' });
  const sha = await ci.push(workflow('build', { on: 'push', jobs: { boxed } }));
  const [{ id } = { id: 0 }] = await ci.runsOf(sha);
  const run = await ci.until(id, 'a job', ({ jobs_list }) => jobs_list.length === 1);
  expect(jobNamed(run, 'boxed')).toMatchObject({
    state: 'queued',
    reason: expect.stringContaining('no runner has all of its labels (self-hosted, boxes, containers)'),
  });
});

test('jobs see secrets and variables, masked, and a token that opens their repository and dies with them', async () => {
  const query = { repository: 'harbor' };
  const items = (name: string, value: string) => ({ query, body: { items: [{ name, value }] } });
  await ci.client.call(api.setWorkflowSecrets, items('KEY', 'hunter2-hunter2'));
  await ci.client.call(api.setVariables, items('PLACE', 'quay'));
  const clone = `git clone -q "${ci.api.address.replace('://', '://x:$TOKEN@')}/slipway/harbor" there && test -e there/file.txt`;
  const sha = await ci.push(
    workflow('build', {
      on: 'push',
      jobs: {
        a: job([], {
          env: { KEY: `\${{ secrets.KEY }}`, TOKEN: `\${{ github.token }}` },
          steps: [
            { run: `echo "key is $KEY at \${{ vars.PLACE }}"; printf %s "$TOKEN" > ${ci.scratch}/token` },
            { run: clone },
          ],
        }),
      },
    }),
  );
  const run = await ci.ended(sha);
  const log = await ci.log(jobNamed(run, 'a').id);
  expect(log).toContain('key is *** at quay');
  expect(run.conclusion).toBe('success');
  const token = await readFile(join(ci.scratch, 'token'), 'utf8');
  const later = await ci.copy.git('ls-remote', await ci.git.url('harbor', token));
  expect(later).toMatchObject({ ok: false, stderr: expect.stringMatching(/of a job that has ended/) });
});

test('a job says checks of its own repository, as far as its permissions go, and nothing else', async () => {
  const url = `${ci.api.address}/api/v1`;
  const ask = `ask() { curl -s -o /dev/null -w '%{http_code} ' "$@" -H "authorization: Bearer $TOKEN" -H 'content-type: application/json'; }`;
  const say = (repository: string, body: object) =>
    `ask -d '${JSON.stringify(body)}' ${url}/repositories/${repository}/commits/$GITHUB_SHA/checks`;
  const size = { name: 'size', conclusion: 'success' };
  const asked = [
    say('harbor', size),
    say('harbor', { state: 'success' }),
    say('other', size),
    `ask ${url}/runs`,
  ];
  const sha = await ci.push(
    workflow('build', {
      on: 'push',
      permissions: { checks: 'write' },
      jobs: { a: job([[ask, ...asked].join('\n')], { env: { TOKEN: `\${{ github.token }}` } }) },
    }),
  );
  const run = await ci.ended(sha);
  expect(await ci.log(jobNamed(run, 'a').id)).toContain('201 403 403 403');
  const { checks } = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
  expect(checks.map(({ name, conclusion }) => `${name} ${conclusion}`)).toEqual([
    'a success',
    'size success',
  ]);
});

test('who started a run, or had it run again, does not let it into an environment that wants another', async () => {
  await ci.client.call(api.setWorkflowEnvironment, {
    params: { repository: 'harbor', environment: 'guarded' },
    body: { approval: 'deployers', prevent_self_review: true },
  });
  await ci.push(
    workflow('ship', { on: 'workflow_dispatch', jobs: { a: job(['echo on'], { environment: 'guarded' }) } }),
  );
  const starter = await ci.api.as('admin');
  const { trigger } = await starter.call(api.dispatchWorkflow, {
    params: { repository: 'harbor' },
    body: { workflow: 'ship' },
  });
  let id = 0;
  await eventually('the run is there', async () => {
    const { items } = await ci.client.call(api.listRuns, { query: { trigger } });
    id = items[0]?.id ?? 0;
    return id > 0;
  });
  const waiting = async (attempt: number) =>
    (
      await ci.until(
        id,
        'a job that waits',
        (run) => run.attempt === attempt && run.jobs_list[0]?.state === 'waiting',
      )
    ).jobs_list[0]?.id ?? 0;
  const approve = (client: typeof starter, asked: number) =>
    client.call(api.approveJob, { params: { job: asked }, body: { approve: true } });
  const first = await waiting(1);
  await expect(approve(starter, first)).rejects.toThrow(/but not admin\S*, who started the run/);
  expect((await starter.call(api.showJob, { params: { job: first } })).approval?.may_approve).toBe(false);
  await approve(ci.client, first);
  await ci.until(id, 'ended', ({ state }) => state === 'completed');
  await ci.client.call(api.rerunRun, { params: { run: id }, body: {} });
  const second = await waiting(2);
  for (const client of [starter, ci.client])
    await expect(approve(client, second)).rejects.toThrow('who started the run');
  await ci.client.call(api.cancelRun, { params: { run: id } });
});

test('what a job pushes starts nothing: a workflow that commits would run for ever', async () => {
  const url = `${ci.api.address.replace('://', '://x:$TOKEN@')}/slipway/harbor`;
  const push = `git clone -q "${url}" there && cd there && git push -q origin HEAD:refs/heads/by-a-job`;
  const sha = await ci.push(
    workflow('build', {
      on: 'push',
      permissions: { contents: 'write' },
      jobs: { a: job([push], { env: { TOKEN: `\${{ github.token }}` } }) },
    }),
  );
  expect(await ci.ended(sha)).toMatchObject({ conclusion: 'success' });
  const { items } = await ci.client.call(api.listRefs, {
    params: { repository: 'harbor' },
    query: { search: 'by-a-job' },
  });
  expect(items).toMatchObject([{ sha }]);
  const triggers = await ci.api.db.many(sql`select id from triggers where ref = 'refs/heads/by-a-job'`);
  expect(triggers).toEqual([]);
});

describe('other events', () => {
  test('of a pull request its merge is run, and the head has the checks', async () => {
    const checks = {
      a: job([], {
        steps: [{ uses: 'actions/checkout@v4' }, { run: 'git log -1 --format=%s; echo "$GITHUB_SHA"; ls' }],
      }),
    };
    const root = await ci.push({});
    const head = await ci.push(
      { ...workflow('pulls', { on: 'pull_request', jobs: checks }), 'head.txt': '' },
      { branch: 'asks' },
    );
    await ci.copy.must('reset', '--quiet', '--hard', root);
    const base = await ci.push({ 'base.txt': '' });
    const { id, mirror } = await hosted();
    const merged = await mergeCommits(mirror, base, head);
    if (merged.kind !== 'merged') throw new Error(merged.kind);
    await ci.api.db.transaction((tx) =>
      recordTrigger(tx, new Date(), 'harbor', {
        ...{
          repositoryId: id,
          event: 'pull_request',
          ref: 'refs/pull/7/merge',
          sha: head,
          codeSha: merged.sha,
        },
        ...{ before: null, actor: 'ada', source: 'webhook', trusted: true },
        payload: {
          action: 'opened',
          number: 7,
          pull_request: { base: { ref: 'main', sha: base }, head: { sha: head } },
        },
      }),
    );
    const run = await ci.ended(head, 'pulls');
    expect(run).toMatchObject({ conclusion: 'success', sha: head, code_sha: merged.sha });
    const log = await ci.log(jobNamed(run, 'a').id);
    for (const text of [`Merge ${head} into ${base}`, merged.sha, 'base.txt', 'head.txt'])
      expect(log).toContain(text);
    const commit = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha: head } });
    expect(commit.checks).toMatchObject([{ name: 'a', conclusion: 'success' }]);
  });

  test('what happens in runs starts those that wait for it, three levels deep; so does what happens elsewhere', async () => {
    const behind = (name: string, of: string, types: string[]) =>
      workflow(name, {
        on: { workflow_run: { workflows: [of], types } },
        jobs: { a: job([`echo "$SAID"`], { env: { SAID: `\${{ toJSON(github.event.workflow_run) }}` } }) },
      });
    await ci.push({
      ...workflow('first', {
        on: { repository_dispatch: { types: ['tide'] } },
        jobs: {
          a: job(['echo "height $HEIGHT"'], {
            env: { HEIGHT: `\${{ github.event.client_payload.height }}` },
          }),
        },
      }),
      ...behind('begun', 'first', ['requested', 'in_progress']),
      ...behind('second', 'first', ['completed']),
      ...behind('third', 'second', ['completed']),
      ...behind('fourth', 'third', ['completed']),
      ...behind('fifth', 'fourth', ['completed']),
    });
    const params = { repository: 'harbor' };
    await eventually('the default branch is planned', async () => {
      const row = await ci.api.db.one<{ run_events: string[] }>(
        sql`select run_events from repositories where name = 'harbor'`,
      );
      return row.run_events.length === 3;
    });
    const other = await ci.client.call(api.dispatchEvent, {
      params,
      body: { event_type: 'ebb', client_payload: {} },
    });
    const { trigger, sha } = await ci.client.call(api.dispatchEvent, {
      params,
      body: { event_type: 'tide', client_payload: { height: 3 } },
    });
    let items: WorkflowRun[] = [];
    await eventually('all have ended', async () => {
      ({ items } = await ci.client.call(api.listRuns, { query: { sha } }));
      return items.length >= 6 && items.every(({ state }) => state === 'completed');
    });
    expect(items.map(({ workflow: name }) => name).sort()).toEqual(
      ['begun', 'begun', 'first', 'fourth', 'second', 'third'].sort(),
    );
    // The fourth level, had it started anything, would have been recorded with the end of the third.
    const deepest = await ci.api.db.one(sql`select max(depth) as depth from triggers`);
    expect(deepest).toEqual({ depth: 3 });
    const { items: first } = await ci.client.call(api.listRuns, { query: { trigger } });
    expect(await ci.log(jobNamed(await ci.show(first[0]?.id ?? 0), 'a').id)).toContain('height 3');
    expect((await ci.client.call(api.listRuns, { query: { trigger: other.trigger } })).items).toEqual([]);
    const second = items.find(({ workflow: name }) => name === 'second');
    const said = await ci.log(jobNamed(await ci.show(second?.id ?? 0), 'a').id);
    for (const text of ['"conclusion": "success"', '"head_branch": "main"', `"id": ${first[0]?.id}`])
      expect(said).toContain(text);
  });
});

async function hosted(): Promise<{ id: number; mirror: string }> {
  const { id } = await ci.api.db.one<{ id: number }>(sql`select id from repositories where name = 'harbor'`);
  return { id, mirror: ci.api.core.paths.mirror(id) };
}
