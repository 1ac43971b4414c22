import { expect, test } from 'vitest';
import { readWorkflow } from '../language/index.ts';
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

function planOf(jobs: string): Plan {
  const { workflow, findings } = readWorkflow(`on: push\njobs:\n${jobs}`, 'test.yml');
  if (workflow === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  const planned = planWorkflow({
    workflow,
    event: makeEvent('push', null, facts),
    inputs: {},
    vars: {},
    machine: { containerEngine: false, architecture: 'x64', labels: [] },
    called: {},
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
