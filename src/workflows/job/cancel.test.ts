import { expect, test } from 'vitest';
import { findLeftovers } from './testing/findLeftovers.ts';
import { type JobOptions, startJob, type WrittenStep } from './testing/startJob.ts';

/** Cancels when this text was written, and kills when the second was. */
function cancelWhen(steps: WrittenStep[], text: string, more: JobOptions & { killAt?: string } = {}) {
  const cancel = new AbortController();
  const kill = new AbortController();
  return startJob(steps, {
    ...more,
    host: { ...more.host, cancel: cancel.signal, kill: kill.signal },
    onEvent: (_event, output) => {
      if (output.includes(text)) cancel.abort();
      if (more.killAt && output.includes(more.killAt)) kill.abort();
    },
  });
}

test('cancel interrupts the step that runs; always, cancelled and post steps still run', async () => {
  const job = await cancelWhen(
    [
      { uses: 'acme/post@v1' },
      { run: "trap 'echo interrupted' INT; echo ready; sleep 60" },
      { run: 'echo no' },
      { run: 'echo no', if: 'failure()' },
      { run: 'echo ${{ job.status }}', if: 'cancelled()' },
      { run: 'echo always', if: 'always()' },
    ],
    'ready',
    {
      actions: {
        'acme/post@v1': {
          'action.yml': 'name: post\nruns: { using: node24, main: m.js, post: p.js }\n',
          'm.js': '',
          'p.js': 'console.log("post")',
        },
      },
    },
  );
  expect(job.output).toBe('ready\ninterrupted\ncancelled\nalways\npost\n');
  expect(job.conclusion).toBe('cancelled');
  expect(job.steps.slice(1)).toEqual([
    "Run trap 'echo interrupted' INT; echo ready; sleep 60: cancelled (cancelled)",
    'Run echo no: skipped',
    'Run echo no: skipped',
    'Run echo cancelled: success',
    'Run echo always: success',
    'Post Run acme/post@v1: success',
  ]);
});

test('a step whose condition still holds is not cancelled', async () => {
  const job = await cancelWhen(
    [{ run: 'echo ready; sleep 0.3; echo finished', if: 'always()' }, { run: 'echo no' }],
    'ready',
  );
  expect(job.output).toBe('ready\nfinished\n');
  expect(job.conclusion).toBe('cancelled');
});

test('a step that ignores INT and TERM, forks and calls setsid is killed with all it started', async () => {
  const script = `trap '' INT TERM; setsid sh -c 'trap "" INT TERM; while :; do sleep 1; done' & echo ready; while :; do sleep 1; done`;
  const marker = `job-cancel-${process.pid}`;
  const job = await cancelWhen([{ run: script }], 'ready', { host: { marker } });
  expect(job.conclusion).toBe('cancelled');
  expect(await findLeftovers(marker)).toEqual([]);
});

test('a second cancel kills at once, and no step runs any more', async () => {
  const job = await cancelWhen(
    [
      { run: "trap 'echo stubborn' INT; echo ready; while :; do sleep 1; done" },
      { run: 'echo no', if: 'always()' },
    ],
    'ready',
    {
      killAt: 'stubborn',
      host: { patience: { interruptMs: 100_000, terminateMs: 100_000, cancelledMs: 100_000 } },
    },
  );
  expect(job.output).toBe('ready\nstubborn\n');
  expect(job.conclusion).toBe('cancelled');
});

test('in a composite action, what is always done is done', async () => {
  const action = `name: x
runs:
  using: composite
  steps:
    - { run: 'echo ready; exec sleep 60', shell: bash }
    - { run: echo no, shell: bash }
    - { run: echo clean, shell: bash, if: always() }
`;
  const job = await cancelWhen([{ uses: 'acme/c@v1' }, { run: 'echo no' }], 'ready', {
    actions: { 'acme/c@v1': { 'action.yml': action } },
  });
  expect(job.output).toBe('ready\nclean\n');
  expect(job.steps[0]).toBe('Run acme/c@v1: cancelled (cancelled)');
});

test('time limits of a step and of the job', async () => {
  const job = await startJob([
    { run: 'echo begun; sleep 60', 'timeout-minutes': '0.005' },
    { run: 'echo ${{ job.status }}', if: 'failure()' },
  ]);
  expect(job.steps).toEqual([
    'Run echo begun; sleep 60: failure (stopped at its time limit of 0.005 minutes)',
    'Run echo failure: success',
  ]);
  const late = await startJob([{ run: 'sleep 60' }, { run: 'echo clean', if: 'always()' }], {
    spec: { timeoutMinutes: 0.005 },
  });
  expect(late.output).toBe('clean\n');
  expect(late.conclusion).toBe('failure');
  expect(late.finished.detail).toBe('the job was stopped at its time limit of 0.005 minutes');
});

test('a job that is cancelled before it begins', async () => {
  const job = await startJob([{ run: 'echo no' }], { host: { cancel: AbortSignal.abort() } });
  expect(job).toMatchObject({ conclusion: 'cancelled', output: '' });
});
