import { expect, test } from 'vitest';
import type { JobGateway, JobLeaseState, JobReport } from '../../contract/jobs.ts';
import type { RunEvent, StepPhase } from '../../workflows/run/index.ts';
import { followJob } from './followJob.ts';

test('the first step of a job’s own starts when Slipway knows of it; later ones and the set-up do not wait', async () => {
  const { follow, nextReport } = followed();
  expect(follow.observe(began(1, 'set-up'))).toBe(undefined);
  (await nextReport()).answer('held');

  let starts = false;
  const first = follow.observe(began(2, 'main'))?.then(() => {
    starts = true;
  });
  const told = await nextReport();
  expect(told.report.started).toMatchObject([{ number: 2, phase: 'main' }]);
  expect(starts).toBe(false);
  told.answer('held');
  await first;
  expect(starts).toBe(true);

  expect(follow.observe(began(3, 'main'))).toBe(undefined);
  (await nextReport()).answer('held');
  await follow.close();
});

test('what happens in a moment is told together, and at once when the first step of its own waits for it', async () => {
  const { follow, nextReport } = followed();
  void follow.observe(began(1, 'set-up'));
  const first = follow.observe(began(2, 'main'));
  const told = await nextReport();
  expect(told.report.started.map(({ number }) => number)).toEqual([1, 2]);
  told.answer('held');
  await first;
  void follow.observe(began(3, 'main'));
  void follow.observe(began(4, 'tear-down'));
  const closing = follow.close();
  const last = await nextReport();
  expect(last.report.started.map(({ number }) => number)).toEqual([3, 4]);
  last.answer('held');
  await closing;
});

test('no step starts of a job that is another’s by the time its first one would', async () => {
  const { follow, nextReport } = followed();
  const first = follow.observe(began(2, 'main'));
  (await nextReport()).answer('lost');
  await expect(first).rejects.toThrow('no step was run: Slipway could not be told that one begins');
});

interface Told {
  readonly report: JobReport;
  answer(kind: 'held' | 'lost'): void;
}

/** A job whose reports are answered by hand, one after the other. */
function followed() {
  const told: Told[] = [];
  let wake = () => {};
  const report = (_lease: unknown, sent: JobReport): Promise<JobLeaseState> =>
    new Promise((resolve) => {
      told.push({ report: sent, answer: (kind) => resolve({ kind }) });
      wake();
    });
  const log = {
    write: () => undefined,
    line: () => undefined,
    flush: async () => {},
    close: async () => {},
    incomplete: null,
  };
  const gateway = { report } as Partial<JobGateway> as JobGateway;
  const follow = followJob({ id: 1, token: 'one' }, gateway, log, new AbortController().signal);
  const nextReport = async (): Promise<Told> => {
    for (;;) {
      const next = told.shift();
      if (next !== undefined) return next;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { follow, nextReport };
}

const began = (step: number, phase: StepPhase): RunEvent => ({
  at: '2026-01-01T00:00:00.000Z',
  kind: 'step_started',
  job: 'unit',
  step,
  name: 'Test',
  phase,
});
