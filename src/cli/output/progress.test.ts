import { expect, test } from 'vitest';
import { drawBar, drawProgress, type ProgressFacts, progressOf, writeStep } from './progress.ts';
import { displayWidth } from './width.ts';

const running: ProgressFacts = {
  state: 'running',
  steps: [
    { name: 'Build', state: 'succeeded' },
    { name: 'Restart', state: 'running' },
    { name: 'Warm up', state: 'pending' },
  ],
  elapsedSeconds: 12,
  estimateSeconds: 30,
};

test('with an estimate time counts, and it never claims to be done', () => {
  expect(progressOf(running)).toBeCloseTo(0.4);
  expect(progressOf({ ...running, elapsedSeconds: 3000 })).toBe(0.95);
  expect(progressOf({ ...running, elapsedSeconds: -1 })).toBe(0);
  expect(progressOf({ ...running, state: 'succeeded' })).toBe(1);
});

test('without an estimate steps count', () => {
  expect(progressOf({ ...running, estimateSeconds: null })).toBe(0.25);
  expect(progressOf({ ...running, estimateSeconds: null, steps: [] })).toBe(0);
  expect(progressOf({ ...running, elapsedSeconds: null })).toBe(0);
});

test('it says what it does', () => {
  expect(writeStep(running)).toBe('2/3 Restart');
  expect(writeStep({ ...running, state: 'verifying' })).toBe('verifying');
  expect(writeStep({ ...running, steps: [] })).toBe('running');
  expect(drawProgress(running, 100, true)).toBe(
    '████████████░░░░░░░░░░░░░░░░░░  40 %  2/3 Restart · 12 s of about 30 s',
  );
});

test('bars are full, empty, and ASCII where nothing else can be drawn', () => {
  expect(drawBar(0, 4, true)).toBe('░░░░');
  expect(drawBar(1, 4, true)).toBe('████');
  expect(drawBar(0.5, 4, false)).toBe('##..');
  expect(drawBar(7, 4, false)).toBe('####');
});

test.each([1, 5, 10, 20, 40, 80])('fits into %i columns', (columns) => {
  expect(displayWidth(drawProgress(running, columns, true))).toBeLessThanOrEqual(columns);
});
