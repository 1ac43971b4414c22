import { expect, test } from 'vitest';
import { readWorkflow, type Workflow } from '../language/index.ts';
import { type JobResult, type JobSpec, makeEvent, noSha, type Plan, planWorkflow } from '../plan/index.ts';
import { schedule } from './schedule.ts';

const nobody = { name: 'Ada', email: 'ada@example.com', at: new Date(0) };
const facts = {
  repository: 'tides/harbor',
  serverUrl: 'https://github.com',
  defaultBranch: 'main',
  sha: noSha,
  ref: 'refs/heads/main',
  before: null,
  commit: {
    sha: noSha,
    treeSha: noSha,
    message: '',
    author: nobody,
    committer: nobody,
    added: [],
    modified: [],
    removed: [],
  },
  actor: 'ada',
  run: { id: 1, number: 1, attempt: 1 },
};

function read(text: string, file: string): Workflow {
  const { workflow, findings } = readWorkflow(text, file);
  if (workflow === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  return workflow;
}

function planOf(jobs: string, called: Readonly<Record<string, string>> = {}): Plan {
  const workflow = read(`on: push\njobs:\n${jobs}`, 'test.yml');
  const planned = planWorkflow({
    workflow,
    event: makeEvent('push', null, facts),
    inputs: {},
    vars: {},
    machine: { containerEngine: false, architecture: 'x64', labels: [] },
    called: Object.fromEntries(
      Object.entries(called).map(([name, text]) => [
        `./${name}`,
        read(`on: workflow_call\njobs:\n${text}`, name),
      ]),
    ),
    actions: {},
  });
  if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned));
  return planned.plan;
}

const job = (id: string, more = ''): string =>
  `  ${id}: { runs-on: linux, steps: [{ run: 'true' }]${more === '' ? '' : `, ${more}`} }\n`;

/** Runs a plan whose jobs end when the test says so. */
function begin(plan: Plan, atOnce = 10) {
  const log: string[] = [];
  const running = new Map<string, (result: JobResult) => void>();
  const cancel = new AbortController();
  const conclusion = schedule({
    plan,
    atOnce,
    cancel: cancel.signal,
    run: (spec: JobSpec, signal) =>
      new Promise((resolve) => {
        log.push(`start ${spec.name}`);
        running.set(spec.name, resolve);
        signal.addEventListener('abort', () => log.push(`cancel ${spec.name}`));
      }),
    skipped: ({ name, conclusion: how }) => void log.push(`${how} ${name}`),
  });
  return {
    conclusion,
    cancel: () => cancel.abort(),
    log: () => log.splice(0),
    async end(name: string, how: JobResult['conclusion'] = 'success') {
      running.get(name)?.({ conclusion: how, outputs: {} });
      await Promise.resolve();
      return log.splice(0);
    },
  };
}

test('so many at once, in the order of the file, and what needs others after them', async () => {
  const run = begin(planOf(job('a') + job('b') + job('c') + job('d', 'needs: [a, b]')), 2);
  expect(run.log()).toEqual(['start a', 'start b']);
  expect(await run.end('a')).toEqual(['start c']);
  expect(await run.end('b')).toEqual(['start d']);
  expect(await run.end('c')).toEqual([]);
  await run.end('d');
  expect(await run.conclusion).toBe('success');
});

test('a failure cancels the rest of its matrix, also what waits for its turn', async () => {
  const run = begin(planOf(job('m', 'strategy: { matrix: { n: [1, 2, 3] } }')), 2);
  expect(run.log()).toEqual(['start m (1)', 'start m (2)']);
  expect(await run.end('m (1)', 'failure')).toEqual(['cancel m (2)', 'cancelled m (3)']);
  await run.end('m (2)', 'cancelled');
  expect(await run.conclusion).toBe('failure');
});

test('of a concurrency group one runs and one waits: the newest', async () => {
  const group = 'concurrency: { group: ship }';
  const run = begin(planOf(job('a', group) + job('b', group) + job('c', group) + job('other')));
  expect(run.log()).toEqual(['cancelled b', 'start a', 'start other']);
  expect(await run.end('a')).toEqual(['start c']);
  await run.end('other');
  await run.end('c');
  expect(await run.conclusion).toBe('cancelled');
});

test('a job has its group also while it waits for one of the others to end', async () => {
  const group = 'concurrency: { group: Ship }';
  const run = begin(planOf(job('other') + job('a', group) + job('b', group)), 1);
  expect(run.log()).toEqual(['start other']);
  expect(await run.end('other')).toEqual(['start a']);
  expect(await run.end('a')).toEqual(['start b']);
  await run.end('b');
  expect(await run.conclusion).toBe('success');
});

test('with cancel-in-progress the one that runs is cancelled for a newer one', async () => {
  const group = 'concurrency: { group: ship, cancel-in-progress: true }';
  const run = begin(planOf(job('first') + job('a', group) + job('b', `${group}, needs: first`)));
  expect(run.log()).toEqual(['start first', 'start a']);
  expect(await run.end('first')).toEqual(['cancel a']);
  expect(await run.end('a', 'cancelled')).toEqual(['start b']);
  await run.end('b');
  expect(await run.conclusion).toBe('cancelled');
});

const call = (id: string, more: string): string => `  ${id}: { uses: ./c.yml, ${more} }\n`;

test('the group of a call is held until all of the call has ended', async () => {
  const group = 'concurrency: ship';
  const called = { 'c.yml': job('x') + job('y', 'needs: x') };
  const run = begin(
    planOf(
      call('a', group) + call('b', group) + job('plain', `${group}, needs: first`) + job('first'),
      called,
    ),
  );
  expect(run.log()).toEqual(['start a / x', 'start first']);
  expect(await run.end('a / x')).toEqual(['start a / y']);
  expect(await run.end('a / y')).toEqual(['start b / x']);
  // A newer one takes the turn of the one that waits, not of the call that has it.
  expect(await run.end('first')).toEqual([]);
  expect(await run.end('b / x')).toEqual(['start b / y']);
  expect(await run.end('b / y')).toEqual(['start plain']);
  await run.end('plain');
  expect(await run.conclusion).toBe('success');
});

test('a call that waits is cancelled as a whole for a newer one; its job that always runs does not start', async () => {
  const called = { 'c.yml': job('x') + job('tidy', 'needs: x, if: always()') };
  const calls = ['a', 'b', 'c'].map((id) => call(id, 'concurrency: ship')).join('');
  const run = begin(planOf(calls, called));
  expect(run.log()).toEqual(['cancelled b / x', 'cancelled b / tidy', 'start a / x']);
  expect(await run.end('a / x')).toEqual(['start a / tidy']);
  expect(await run.end('a / tidy')).toEqual(['start c / x']);
  await run.end('c / x');
  await run.end('c / tidy');
  expect(await run.conclusion).toBe('cancelled');
});

test('with cancel-in-progress the call that runs is cancelled as a whole, and tidies up before it hands on', async () => {
  const called = { 'c.yml': job('x') + job('y', 'needs: x') + job('tidy', 'needs: x, if: always()') };
  const group = 'concurrency: { group: ship, cancel-in-progress: true }';
  const run = begin(planOf(job('first') + call('a', group) + call('b', `${group}, needs: first`), called));
  expect(run.log()).toEqual(['start first', 'start a / x']);
  expect(await run.end('first')).toEqual(['cancel a / x']);
  expect(await run.end('a / x', 'cancelled')).toEqual(['skipped a / y', 'start a / tidy']);
  expect(await run.end('a / tidy')).toEqual(['start b / x']);
  expect(await run.end('b / x')).toEqual(['start b / y', 'start b / tidy']);
  await run.end('b / y');
  await run.end('b / tidy');
  expect(await run.conclusion).toBe('cancelled');
});

test('with queue: max all wait for their turn', async () => {
  const group = 'concurrency: { group: ship, queue: max }';
  const run = begin(planOf(job('a', group) + job('b', group) + job('c', group)));
  expect(run.log()).toEqual(['start a']);
  expect(await run.end('a')).toEqual(['start b']);
  expect(await run.end('b')).toEqual(['start c']);
  await run.end('c');
  expect(await run.conclusion).toBe('success');
});

test('when those that have groups wait for each other, the newest gives way', async () => {
  const called = {
    'c.yml': job('x') + job('y', 'needs: x, concurrency: two'),
    'd.yml': job('x') + job('y', 'needs: x, concurrency: one'),
  };
  const jobs = call('a', 'concurrency: one') + call('b', 'concurrency: two').replace('c.yml', 'd.yml');
  const run = begin(planOf(jobs, called));
  expect(run.log()).toEqual(['start a / x', 'start b / x']);
  expect(await run.end('a / x')).toEqual([]);
  expect(await run.end('b / x')).toEqual(['cancelled b / y', 'start a / y']);
  await run.end('a / y');
  expect(await run.conclusion).toBe('cancelled');
});

test('cancelled: what runs is told, what waits does not start, and what always has to run does', async () => {
  const run = begin(planOf(job('a') + job('b', 'needs: a') + job('tidy', 'needs: a, if: always()')), 1);
  run.log();
  run.cancel();
  expect(run.log()).toEqual(['cancel a']);
  expect(await run.end('a', 'cancelled')).toEqual([
    expect.stringMatching(/^(skipped|cancelled) b$/),
    'start tidy',
  ]);
  await run.end('tidy');
  expect(await run.conclusion).toBe('cancelled');
});

test('what the scheduler cannot do ends the run with that error', async () => {
  const plan = planOf(job('a'));
  const failing = schedule({
    plan,
    atOnce: 1,
    cancel: new AbortController().signal,
    run: () => Promise.reject(new Error('no place')),
    skipped: () => undefined,
  });
  await expect(failing).rejects.toThrow('no place');
});
