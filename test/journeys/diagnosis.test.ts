import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { findUnkept } from '../../src/platform/processes/index.ts';
import { type Ci, createCi, workflow } from '../harness/ci.ts';

let ci: Ci;
beforeAll(async () => {
  ci = await createCi();
});
afterAll(() => ci[Symbol.asyncDispose]());

test('a job that failed says in a line which step did, how, and the first line that says what is wrong', async () => {
  const steps = (run: string) => ({
    'runs-on': 'ubuntu-latest',
    steps: [
      { name: 'Test', run },
      { if: 'always()', name: 'Tidy', run: 'echo Error: not this' },
    ],
  });
  const sha = await ci.push(
    workflow('why', {
      on: 'push',
      jobs: {
        annotated: steps('echo "::error file=a.js,line=12::expected 3, got 4"; exit 1'),
        logged: steps(
          'echo begin; echo "not ok 1 - high water"; for i in $(seq 3000); do echo "line $i"; done; exit 3',
        ),
        quiet: steps('exit 1'),
        killed: steps('echo "out it goes"; kill -9 $$'),
        missing: steps('nowhere --fast'),
      },
    }),
  );
  const { jobs_list, id } = await ci.ended(sha);
  expect(Object.fromEntries(jobs_list.map(({ name, failure }) => [name, failure]))).toEqual({
    annotated: 'step "Test" failed, exit code 1: a.js:12: expected 3, got 4',
    // Only the last lines of a step are looked at.
    logged: 'step "Test" failed, exit code 3: line 3000',
    quiet: 'step "Test" failed, exit code 1',
    killed: 'step "Test" failed, ended by SIGKILL: killed, or out of memory: out it goes',
    missing: expect.stringMatching(
      /^step "Test" failed, exit code 127: command not found: nowhere: .*nowhere: command not found$/,
    ),
  });
  const commit = await ci.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
  expect(commit.checks.find(({ name }) => name === 'annotated')?.summary).toBe(
    'step "Test" failed, exit code 1: a.js:12: expected 3, got 4',
  );
  // What is run again keeps what it said.
  await ci.client.call(api.rerunRun, { params: { run: id }, body: { job: jobs_list[2]?.id ?? 0 } });
  await ci.until(id, 'a second attempt', ({ state, attempt }) => state === 'completed' && attempt === 2);
  expect((await ci.show(id, 1)).jobs_list[0]?.failure).toContain('expected 3, got 4');
});

/** Starts itself twice over until it may not: 512 processes, if nobody stops it. It ends when `neighbour` is there. */
const forkBomb = (full: string, neighbour: string) => `perl -e '
  sub note { open my $file, ">", $_[0]; }
  for (1..9) { my $child = fork; defined $child or note("${full}"), last; }
  open my $count, ">>", "count"; syswrite $count, ".";
  until (-e "${full}") { -s "count" == 512 and note("${full}"); select undef, undef, undef, 0.02; }
  until (-e "${neighbour}") { select undef, undef, undef, 0.02; }
  exit(-s "count" == 512 ? 0 : 1)'`;

test.skipIf((await findUnkept({})) !== undefined)(
  'a fork bomb ends at the limit of its job, which says so; the job beside it has its own',
  async () => {
    const runner = await ci.startRunner({ labels: ['tight'], capacity: 2, limits: { processes: 200 } });
    const [full, neighbour] = [`${ci.scratch}/full`, `${ci.scratch}/neighbour`];
    const many = `until test -e ${full}; do read -t 0.02 < /dev/zero || true; done
      perl -e 'for (1..150) { my $child = fork // exit 3; $child or sleep 60 }'`;
    const steps = (run: string, then: string) => ({
      'runs-on': 'tight',
      steps: [{ run }, { if: 'always()', run: then }],
    });
    const sha = await ci.push(
      workflow('crowd', {
        on: 'push',
        jobs: {
          bomb: steps(forkBomb(full, neighbour), 'true'),
          many: steps(many, `touch ${neighbour}`),
        },
      }),
    );
    const { jobs_list } = await ci.ended(sha);
    expect(Object.fromEntries(jobs_list.map(({ name, failure }) => [name, failure]))).toEqual({
      bomb: 'step "Run perl -e \'" failed, exit code 1; the job reached its limit of 200 processes',
      many: null,
    });
    await runner.stop('the test is over');
  },
);

const junit = (tests: Record<string, string>) =>
  `<testsuite name="tides" file="tides.test.js">${Object.entries(tests)
    .map(([name, inside]) => `<testcase name="${name}" time="0.1">${inside}</testcase>`)
    .join('')}</testsuite>`;

const reporting = (script: string, more: object = {}) =>
  workflow('tests', {
    on: 'push',
    jobs: {
      unit: {
        'runs-on': 'ubuntu-latest',
        env: { TOKEN: 'hunter2-hunter2' },
        steps: [{ run: `echo ::add-mask::$TOKEN\n${script}` }],
        ...more,
      },
    },
  });

const write = (path: string, xml: string) =>
  `mkdir -p "$(dirname ${path})"; cat > ${path} <<'END'\n${xml}\nEND\n`;

test('JUnit files become test results: masked, the failed ones first, hostile ones told and harmless', async () => {
  const failing = junit({
    high: '<failure message="expected 3, got hunter2-hunter2"/>',
    low: '',
    wind: '<skipped/>',
  });
  const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><testsuite name="&b;"/>';
  const sha = await ci.push(
    reporting(
      [
        write('web/junit.xml', failing),
        // As many reporters do.
        'sed -i "s|tides.test.js|$PWD/&|; s|expected|at file://$PWD/&|" web/junit.xml',
        write('out/test-results/unit/a.xml', junit({ moon: '' })),
        write('reports/mine.xml', junit({ sun: '<error>boom</error>' })),
        write('junit-bomb.xml', bomb),
        write('TEST-cut.xml', '<testsuite><testcase name="a">'),
        write('node_modules/x/junit.xml', junit({ theirs: '' })),
        'ln -s /etc/passwd junit-link.xml; mkfifo junit-pipe.xml; exit 1',
      ].join('\n'),
      { env: { TOKEN: 'hunter2-hunter2', SLIPWAY_TEST_RESULTS: 'reports/*.xml' } },
    ),
  );
  const run = await ci.ended(sha);
  expect(run.tests).toMatchObject({ passed: 2, failed: 2, skipped: 1 });
  const { items, problems } = await ci.client.call(api.listTests, { params: { run: run.id } });
  expect(items.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(
    ['high failed', 'low passed', 'moon passed', 'sun error', 'wind skipped'].sort(),
  );
  expect(items.slice(0, 2).every(({ state }) => state === 'failed' || state === 'error')).toBe(true);
  const high = items.find(({ name }) => name === 'high');
  expect(high).toMatchObject({ file: 'tides.test.js', message: 'at expected 3, got ***', flaky: false });
  expect(problems).toEqual([
    expect.stringMatching(/^unit: TEST-cut\.xml: \d+:\d+: /),
    'unit: junit-bomb.xml: it declares a type or entities, which no JUnit file needs',
  ]);
});

test('a test that passed in another attempt is flaky; one that fails on main says since when', async () => {
  const once = (name: string) =>
    `if mkdir ${ci.scratch}/${name} 2>/dev/null; then ${write('junit.xml', junit({ once: '<failure/>', always: '' }))} exit 1; else ${write('junit.xml', junit({ once: '', always: '' }))} fi`;
  const flaky = await ci.ended(await ci.push(reporting(once('flaky')), { branch: 'flaky' }));
  expect(flaky.conclusion).toBe('failure');
  await ci.client.call(api.rerunRun, { params: { run: flaky.id }, body: {} });
  await ci.until(
    flaky.id,
    'a second attempt',
    ({ state, attempt }) => state === 'completed' && attempt === 2,
  );
  const again = await ci.client.call(api.listTests, { params: { run: flaky.id } });
  expect(again.items.map(({ name, state, flaky: is }) => [name, state, is])).toEqual([
    ['once', 'passed', true],
    ['always', 'passed', false],
  ]);

  const broken = reporting(`${write('junit.xml', junit({ high: '<failure/>', low: '' }))} exit 1`);
  const green = reporting(write('junit.xml', junit({ high: '', low: '' })));
  await ci.ended(await ci.push(green));
  const since = await ci.ended(await ci.push(broken, { message: 'Break the tides' }));
  await ci.ended(await ci.push({ ...broken, more: '1' }));
  const branch = await ci.ended(await ci.push({ ...broken, mine: '1' }, { branch: 'mine' }));
  expect(branch.jobs_list[0]?.failing_since).toMatchObject({
    branch: 'main',
    run_id: since.id,
    title: 'Break the tides',
  });
  const { items } = await ci.client.call(api.listTests, { params: { run: branch.id } });
  expect(items[0]).toMatchObject({ name: 'high', failing_since: { run_id: since.id } });
  // Of main itself: the runs before it.
  expect((await ci.show(since.id)).jobs_list[0]?.failing_since).toBeNull();
});
