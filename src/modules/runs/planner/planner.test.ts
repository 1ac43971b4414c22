import { expect, onTestFinished, test } from 'vitest';
import type { Plan } from '../../../workflows/plan/index.ts';
import { openPlanner } from './planner.ts';

const nothing = { jobs: [], calls: [] } as unknown as Plan;
const untouched = { jobs: {}, cancelled: false, cancelledCalls: {} };

test('the time that a thread takes to start is not counted as that of planning', async () => {
  const planner = openPlanner({ threads: 1, deadlineMs: 100 });
  onTestFinished(() => planner.close());
  const next = await planner.next(nothing, untouched);
  expect(next.conclusion).toBe('skipped');
});

test('a thread that does not start holds nobody up, and the same may be asked again', async () => {
  const planner = openPlanner({ threads: 1, startMs: 1 });
  onTestFinished(() => planner.close());
  await expect(planner.next(nothing, untouched)).rejects.toMatchObject({
    code: 'unavailable',
    message: 'the thread that plans workflows has not started within 0.001 s',
  });
});
