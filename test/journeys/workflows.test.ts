import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { findMarkedProcesses } from '../harness/marked.ts';
import { createWorkflowCheckout, type WorkflowCheckout } from '../harness/workflows.ts';

const workflows = {
  'test.yml': `
name: Tests
on: { push: { branches: [main] }, workflow_dispatch: { inputs: { level: { default: minor } } } }
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: { version: '\${{ steps.v.outputs.version }}' }
    steps:
      - uses: actions/checkout@v5
      - run: cat tides.txt; git status --short; git commit -qam "By a job"; git tag made
        env: { GIT_AUTHOR_NAME: A, GIT_AUTHOR_EMAIL: a@b, GIT_COMMITTER_NAME: A, GIT_COMMITTER_EMAIL: a@b }
      - id: v
        run: echo "version=1.2" >> "$GITHUB_OUTPUT"
      - uses: ./.github/actions/greet
        with: { who: sea }
  unit:
    needs: build
    runs-on: ubuntu-latest
    strategy: { matrix: { node: [20, 24] } }
    steps:
      - run: echo "unit \${{ matrix.node }} of \${{ needs.build.outputs.version }}"
  lint:
    uses: ./.github/workflows/called.yml
    with: { level: high }
    secrets: { key: '\${{ secrets.TOKEN }}' }
  ship:
    needs: unit
    if: github.ref == 'refs/heads/release'
    runs-on: ubuntu-latest
    steps: [{ run: 'echo ship' }]
`,
  'called.yml': `
on:
  workflow_call:
    inputs: { level: { type: string, required: true } }
    secrets: { key: { required: false } }
jobs:
  look:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "looks at \${{ inputs.level }} with \${{ secrets.key }}"' }]
`,
  'fails.yml': `
on: push
jobs:
  bad:
    runs-on: ubuntu-latest
    steps:
      - name: Measure
        run: |
          echo "::error file=tides.txt,line=1,col=2::low water"
          echo "# Tides" >> "$GITHUB_STEP_SUMMARY"
          exit 3
      - run: echo never
      - if: always()
        run: echo tidy
`,
  'wrong.yml': `
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    needs: b
    steps: [{ run: 'true' }]
`,
  'secrets.yml': `
on: push
jobs:
  tell:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "it is $KEY"; printf %s "$KEY" | base64
          echo "::warning::$KEY"; echo "$KEY" >> "$GITHUB_STEP_SUMMARY"
        env: { KEY: '\${{ secrets.KEY }}' }
`,
  'foreign.yml': `
on: push
jobs:
  far:
    runs-on: ubuntu-latest
    steps:
      - uses: elsewhere/action@v1
`,
  'waits.yml': `
on: push
jobs:
  wait:
    runs-on: ubuntu-latest
    steps:
      - run: setsid sleep 1000 & echo waiting; sleep 1000
      - if: always()
        run: echo "tidied up"
  after:
    needs: wait
    runs-on: ubuntu-latest
    steps: [{ run: 'echo never' }]
`,
};

let here: WorkflowCheckout;

beforeAll(async () => {
  here = await createWorkflowCheckout({
    'tides.txt': 'low\n',
    '.gitignore': 'ignored\n',
    '.github/actions/greet/action.yml': `
name: Greet
description: Greets
inputs: { who: { description: who, default: nobody } }
runs:
  using: composite
  steps: [{ run: 'echo "hello \${{ inputs.who }}"', shell: bash }]
`,
    ...Object.fromEntries(
      Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}`, text]),
    ),
  });
  await here.write({ 'tides.txt': 'high\n', 'new.txt': 'untracked\n', ignored: 'x' });
});

afterAll(() => here.close());

afterEach(async () => expect(await here.leftovers()).toEqual([]));

test('a workflow with needs, outputs, a matrix, a called workflow and an action succeeds; the checkout is as it was', async () => {
  const before = await here.state();
  const { code, stdout, stderr } = await here.workflow(['run', 'test.yml', '--secret', 'TOKEN=hunter22']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('build │ high\nbuild │  M tides.txt\nbuild │ ?? new.txt\n');
  expect(stdout).toContain('build │ hello sea\n');
  expect(stdout).toContain('unit (20) │ unit 20 of 1.2\n');
  expect(stdout).toContain('lint / look │ looks at high with ***\n');
  expect(stdout).toContain(
    "- ship  skipped: its condition does not hold: github.ref == 'refs/heads/release' (github.ref: 'refs/heads/main')",
  );
  expect(stdout).toMatch(/\n✓ success in [\d.]+ s: 5 jobs, 1 skipped\n$/);
  expect(await here.state()).toEqual(before);
});

test('a part of it: a job with what it needs, one combination, by the name of the workflow', async () => {
  const { code, stdout, stderr } = await here.workflow([
    'run',
    'Tests',
    '--job',
    'unit',
    '--matrix',
    'node:24',
  ]);
  expect(code).toBe(0);
  expect(stderr).toContain('also runs build, which unit needs');
  expect(stdout).toContain('unit (24) │ unit 24 of 1.2');
  expect(stdout).not.toContain('unit (20)');
  expect(stdout).not.toContain('lint');
});

test('one that fails exits with 1, and says where, what and why', async () => {
  const { code, stdout } = await here.workflow(['run', 'fails']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/\n✗ Measure {2}[\d.]+ m?s {2}exit code 3\n/);
  expect(stdout).toContain("- Run echo never  skipped: success() (job.status: 'failure')\n");
  expect(stdout).toContain('\ntidy\n');
  expect(stdout).toContain('Annotations\n  error tides.txt:1:2 low water  (bad, Measure)\n');
  expect(stdout).toContain('Summary\n  # Tides\n');
  expect(stdout).toMatch(/\n✗ failure in [\d.]+ m?s: 1 job, 1 failed\n$/);
});

test('with --log the log is cut where it grows too long', async () => {
  const { code, stdout } = await here.workflow(['run', 'fails', '--log', '20B', '--verbose']);
  expect(code).toBe(1);
  expect(stdout).toContain('the log is cut here: the job has written the 20 bytes that it may');
});

test('one that is wrong exits with 2 and the places; nothing runs', async () => {
  const { code, stdout, stderr } = await here.workflow(['run', '.github/workflows/wrong.yml']);
  expect(code).toBe(2);
  expect(stdout).toContain('\n    6 |     needs: b\n');
  expect(stdout + stderr).toMatch(/\.github\/workflows\/wrong\.yml:6:12: .*`?b`?/);
});

test('what cannot run here is refused with its place before anything runs', async () => {
  const { code, stdout } = await here.workflow(['run', 'foreign']);
  expect(code).toBe(2);
  expect(stdout).toContain(
    '.github/workflows/foreign.yml:7:15: error: elsewhere/action@v1 is an action of another repository',
  );
  const noImage = await here.workflow(['run', 'fails', '--isolation', 'container']);
  expect([noImage.code, noImage.stderr]).toEqual([
    2,
    expect.stringContaining('--image or SLIPWAY_JOB_IMAGE'),
  ]);
});

test('what cannot run inside of an action is refused, and `$/path` is an action of its own repository', async () => {
  await here.write({
    '.github/actions/a/action.yml': `
name: A
description: A
runs: { using: composite, steps: [{ uses: $/.github/actions/greet, with: { who: 'own action' } }] }
`,
    '.github/actions/d/action.yml': 'name: D\ndescription: D\nruns: { using: docker, image: Dockerfile }\n',
    '.github/actions/odd/action.yml': `
name: O
description: O
runs:
  using: composite
  steps: [{ run: 'true', shell: bash, background: true }]
`,
    '.github/workflows/own.yml': `
on: push
jobs: { own: { runs-on: linux, steps: [{ uses: $/.github/actions/a }, { uses: docker://x, if: false }] } }
`,
    '.github/workflows/odd.yml': `
on: push
jobs: { odd: { runs-on: linux, steps: [{ uses: ./.github/actions/odd }, { uses: $/.github/actions/d }] } }
`,
  });
  const own = await here.workflow(['run', 'own', '--verbose']);
  expect(own.stdout).toContain('hello own action');
  expect(own.code).toBe(0);
  const odd = await here.workflow(['run', 'odd']);
  expect(odd.stdout).toContain('.github/workflows/odd.yml:3:48: error: ./.github/actions/odd cannot be used');
  expect(odd.stdout).toContain('.github/actions/odd/action.yml:6:39: unknown key `background`');
  expect(odd.stdout).toContain('odd.yml:3:81: error: `./.github/actions/d` is a docker action');
  expect(odd.code).toBe(2);
});

test('with cancel-in-progress a second run of a workflow cancels the first, and waits for it', async () => {
  await here.write({
    '.github/workflows/one.yml': `
on: push
concurrency: { group: 'one \${{ github.ref }}', cancel-in-progress: true }
jobs:
  one:
    runs-on: linux
    steps:
      - run: echo begins; test -z "$WAIT" || sleep 1000
      - if: cancelled()
        run: echo "tidied up"
`,
  });
  const first = here.start(['run', 'one', '--verbose', '--env', 'WAIT=1']);
  await vi.waitFor(() => expect(first.printed()).toContain('begins'), { timeout: 20_000 });
  const second = await here.workflow(['run', 'one']);
  expect(second.code).toBe(0);
  const { code, stdout, stderr } = await first.finished;
  expect(stdout).toContain('tidied up');
  expect(stdout + stderr).toContain('a newer run has the concurrency group one refs/heads/main');
  expect(code).toBe(130);
});

test('what is no workflow, no checkout, and no event of the workflow is told in words', async () => {
  const unknown = await here.workflow(['run', 'nothing']);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain(
    'there is no workflow "nothing": .github/workflows has called.yml, fails.yml',
  );
  const other = await here.workflow(['run', 'test', '--event', 'issues']);
  expect(other.code).toBe(2);
  expect(other.stdout + other.stderr).toContain(
    'it does not start on issues, but on push, workflow_dispatch',
  );
});

test('a secret is masked in the log, an annotation and a summary, for people and as JSON', async () => {
  for (const args of [
    ['run', 'secrets'],
    ['run', 'secrets', '--json'],
  ]) {
    const { code, stdout, stderr } = await here.workflow([...args, '--secret', 'KEY'], {
      KEY: 'abalone shell',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('it is ***');
    expect(stdout + stderr).not.toMatch(/abalone|YWJhbG9uZSBzaGVsb/);
  }
});

test('with --json each event is a line: the run, its jobs and their steps begin and end in order', async () => {
  const { code, events } = await here.events(['run', 'fails']);
  expect(code).toBe(1);
  expect(events.at(0)).toMatchObject({
    kind: 'run_started',
    name: '.github/workflows/fails.yml',
    event: 'push',
    jobs: 1,
  });
  expect(events.at(-1)).toMatchObject({ kind: 'run_finished', conclusion: 'failure' });
  const steps = events.filter(({ kind }) => kind === 'step_started' || kind === 'step_finished');
  expect(steps.filter(({ kind }) => kind === 'step_started')).toHaveLength(steps.length / 2);
});

test('TERM cancels: what always has to run runs, nothing else, and no process is left', async () => {
  const running = here.start(['run', 'waits']);
  await vi.waitFor(() => expect(running.printed()).toContain('waiting'), { timeout: 60_000 });
  running.child.kill('SIGTERM');
  const { code, stdout, stderr } = await running.finished;
  expect(code).toBe(130);
  expect(stderr).toContain('cancelling');
  expect(stdout).toContain('wait │ tidied up');
  expect(stdout).not.toContain('after │');
  expect(stdout).toMatch(/\n⊘ cancelled in /);
  expect(await findMarkedProcesses(here.runs)).toEqual([]);
});

test('after kill -9 no process is left, and the next run removes what lies around', async () => {
  const running = here.start(['run', 'waits']);
  await vi.waitFor(() => expect(running.printed()).toContain('waiting'), { timeout: 60_000 });
  expect(await findMarkedProcesses(here.runs)).not.toEqual([]);
  running.child.kill('SIGKILL');
  await running.finished;
  await vi.waitFor(async () => expect(await findMarkedProcesses(here.runs)).toEqual([]), { timeout: 20_000 });
  expect(await here.leftovers()).toHaveLength(1);
  expect((await here.workflow(['run', 'test', '--job', 'build'])).code).toBe(0);
});

test('which workflows a push would start, and why the others not', async () => {
  const { code, stdout } = await here.workflow(['list', '--ref', 'topic']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^starts {2}fails\.yml +bad$/m);
  expect(stdout).toMatch(/^- +test\.yml +Tests +.*refs\/heads\/topic: no pattern/m);
  expect(stdout).toMatch(/^- +wrong\.yml +it is not valid \(line 6/m);
  const pull = JSON.parse((await here.workflow(['list', '--event', 'pull_request', '--json'])).stdout);
  expect(pull.workflows.every(({ starts }: { starts: boolean }) => !starts)).toBe(true);
});

test('with --clean a workspace begins empty, and --keep leaves it', async () => {
  const { code, stdout, stderr } = await here.workflow([
    'run',
    'waits',
    '--job',
    'wait',
    '--timeout',
    '1s',
    '--clean',
    '--keep',
  ]);
  expect(code).toBe(130);
  expect(stderr).toContain('takes longer than 1s');
  const kept = /what the jobs left is in (\S+)/.exec(stdout + stderr)?.[1] ?? '';
  await expect(readFile(join(kept, '1', 'work', 'harbor', 'tides.txt'))).rejects.toThrow('ENOENT');
  await here.workflow(['run', 'fails']);
});
