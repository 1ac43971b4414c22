import { expect, onTestFinished, test } from 'vitest';
import type { Plan } from '../../../workflows/plan/index.ts';
import { openPlanner } from './planner.ts';

test('the time that a thread takes to start is not counted as that of planning', async () => {
  const planner = openPlanner({ threads: 1, deadlineMs: 100 });
  onTestFinished(() => planner.close());
  const nothing = { jobs: [], calls: [] } as unknown as Plan;
  const next = await planner.next(nothing, { jobs: {}, cancelled: false, cancelledCalls: {} });
  expect(next.conclusion).toBe('skipped');
});
