import { expect, test } from 'vitest';
import { reasonOf } from './present.ts';

test('a run that has no jobs yet waits for no group that it does not name', () => {
  const pending = { state: 'pending', findings: null, cancel_reason: null } as const;
  expect(reasonOf({ ...pending, concurrency: null })).toBe('is about to start');
  expect(
    reasonOf({ ...pending, concurrency: { group: 'deploy', cancelInProgress: false, queue: 'single' } }),
  ).toBe('waits for the concurrency group deploy');
});
