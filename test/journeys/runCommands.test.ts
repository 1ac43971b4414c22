import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRepository, type Repository } from '../harness/git.ts';
import { createInstallation, type Installation } from '../harness/installation.ts';

const workflow = `name: Tests
run-name: \${{ inputs.what || '' }}
on:
  push:
  workflow_dispatch:
    inputs:
      what: {type: choice, options: [quick, full], required: true}
jobs:
  unit:
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix: {node: [20, 22]}
    steps:
      - name: Install
        run: printf '::group::deps\\ninstalled \\033[2J\\n::endgroup::\\n'
      - name: Unit tests
        run: |
          echo "on \${{ matrix.node }}"
          \${{ github.event.head_commit.message == 'Fix the tides' }} || test \${{ matrix.node }} = 20 || { echo "::error file=a.js,line=3::expected 3, got 4"; exit 1; }
      - if: github.ref == 'refs/heads/other'
        run: echo never
  slow:
    if: inputs.what == 'quick'
    runs-on: ubuntu-latest
    steps: [{run: sleep 300}]
  deploy:
    needs: unit
    environment: production
    runs-on: ubuntu-latest
    steps: [{run: echo shipped}]
`;

let here: Installation;
let repository: Repository;

beforeAll(async () => {
  here = await createInstallation();
  repository = await createRepository();
  await repository.commit({ message: 'Begin', files: { 'a.js': '' } });
  await here.up();
  await here.apply({ repositories: { harbor: { url: repository.directory } }, apps: {} });
  expect(await slipway('repos', 'fetch', 'harbor')).toMatchObject({ code: 0 });
  expect((await slipway('runs')).stdout).toContain('nothing has run yet');
  await slipway('environments', 'set', 'production', '--repository', 'harbor', '--approval', 'deployers');
});

afterAll(async () => {
  await here.close();
  await repository[Symbol.asyncDispose]();
});

test('a push fails: watched, shown, read, and run again', async () => {
  await push('Tides', { '.github/workflows/test.yml': workflow });
  await runs('harbor/test#1');
  const watched = await slipway('run', 'watch', 'harbor/test');
  expect(watched.code).toBe(4);
  expect(watched.stdout).toContain('unit (22) │ error: expected 3, got 4\n');
  expect(watched.stdout).toMatch(/unit \(22\) │ ✗ Unit tests .* exit code 1\n/);
  expect(watched.stdout).toMatch(/✗ failure in .* s: 4 jobs, 1 failed, 2 skipped\n$/);

  const shown = await slipway('run', 'harbor/test#1');
  expect(shown.stdout).toMatch(/^harbor\/test#1 {2}failure {2}Tides$/m);
  expect(shown.stdout).toMatch(/^ {2}✓ unit \(20\) {2}success/m);
  expect(shown.stdout).toMatch(/^ {2}✗ unit \(22\) .* failed, exit code 1: a\.js:3: expected 3, got 4$/m);
  expect(shown.stdout).toMatch(/^ {6}✗ Unit tests .* exit code 1$/m);
  expect(shown.stdout).toMatch(/^ {6}- .*skipped: .*github\.ref == 'refs\/heads\/other'/m);
  expect(shown.stdout).toMatch(/^ {2}- deploy {2}skipped: unit, which it needs, failed$/m);
  expect(shown.stdout).toContain('error a.js:3 expected 3, got 4  (unit (22), Unit tests)');

  const failing = await slipway('run', 'logs', 'harbor/test#1', '--failed');
  expect(failing.stdout).toBe('▸ Unit tests\non 22\nerror: expected 3, got 4\n✗ exit code 1\n');
  const one = await slipway('run', 'logs', '1', '--job', 'unit (20)');
  expect(one.stdout).toContain('▸ deps\n  installed \n');
  expect(one.stdout).not.toContain('\u001b');
  const lines = await slipway('run', 'logs', '1', '--job', 'unit', '--failed', '--json');
  expect(
    lines.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).text),
  ).toContain('on 22');

  const again = await slipway('run', 'rerun', 'harbor/test#1', '--failed', '--follow');
  expect(again.code).toBe(4);
  expect(again.stdout).not.toContain('unit (20) │');
  expect((await slipway('run', 'harbor/test#1')).stdout).toContain('attempt 2 of 2');
  expect((await slipway('run', 'show', 'harbor/test#1', '--attempt', '1')).stdout).toContain(
    'attempt 1 of 2',
  );
  expect((await slipway('runs', '--failed', '--branch', 'main')).stdout).toMatch(/^harbor\/test#1 +failure/m);
});

test('what needs an approval says so, is let in or refused, and a follower is told how it ends', async () => {
  await push('Fix the tides', { fixed: '' });
  await runs('harbor/test#2');
  const following = here.start(['run', 'logs', 'harbor/test#2', '-f']);
  await vi.waitFor(
    async () =>
      expect((await slipway('run', 'harbor/test#2')).stdout).toMatch(/○ deploy {2}waiting .*approv/),
    { timeout: 20_000 },
  );
  expect((await slipway('run', 'approve', 'harbor/test#2')).stdout).toBe(
    'harbor/test#2 deploy may use production\n',
  );
  const followed = await following.finished;
  expect(followed.code).toBe(0);
  expect(followed.stdout).toContain('deploy │ shipped\n');
});

test('a workflow is dispatched with its inputs, and cancelled', async () => {
  const listed = await slipway('workflows');
  expect(listed.stdout).toMatch(/^test\.yml +Tests +push, workflow_dispatch +unit, slow, deploy$/m);
  expect(listed.stderr).toContain('slipway workflow dispatch test -i what=quick|full');
  const refused = await slipway('workflow', 'dispatch', 'test', '-i', 'what=slow');
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"slow" is none of quick, full'),
  });
  const started = await slipway('workflow', 'dispatch', 'test', '-i', 'what=quick');
  expect(started.stdout).toBe('harbor/test#3 starts: quick\n');
  const watching = here.start(['run', 'watch', 'harbor/test#3']);
  await vi.waitFor(() => expect(watching.printed()).toContain('quick'), { timeout: 20_000 });
  expect((await slipway('run', 'cancel', 'harbor/test#3')).stdout).toContain('is being cancelled');
  expect((await watching.finished).code).toBe(130);
});

test('what cannot be planned is shown with its place, and its line in a checkout', async () => {
  const sha = await push('Bad', { '.github/workflows/bad.yml': 'on: push\njobs:\n  a:\n    stepps: []\n' });
  await runs('harbor/bad#1');
  await repository.git('clone', '-q', repository.directory, `${here.home}/checkout`);
  const inCheckout = (...args: string[]) => here.slipway(args, { cwd: `${here.home}/checkout` });
  const shown = await inCheckout('run', 'show', 'harbor/bad');
  expect(shown.stdout).toMatch(/^\.github\/workflows\/bad\.yml:\d:\d: error: .*stepps/m);
  expect(shown.stdout).toMatch(/^ +4 \| {5}stepps: \[\]\n +\| {5}\^\^\^\^\^\^/m);
  // Without a name: the newest run of the commit that is checked out.
  expect((await inCheckout('run')).stdout).toContain(sha);
  expect((await slipway('run', 'logs', 'harbor/bad')).stderr).toContain('has no log: nothing of it ran');
  expect((await slipway('run', 'logs')).stderr).toContain('name a run');
  expect((await slipway('run', 'harbor/nix')).stderr).toContain('harbor has no run of a workflow "nix"');
});

const slipway = (...args: string[]) => here.slipway(args);

async function push(message: string, files: Record<string, string>): Promise<string> {
  const sha = await repository.commit({ message, files });
  await slipway('repos', 'fetch', 'harbor');
  return sha;
}

/** Waits until a run is there. */
async function runs(name: string): Promise<void> {
  await vi.waitFor(async () => expect((await slipway('runs')).stdout).toContain(`${name} `), {
    timeout: 20_000,
  });
}
