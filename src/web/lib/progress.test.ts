import { expect, it } from 'vitest';
import { progressOf } from './progress.ts';

const start = Date.parse('2026-11-20T10:00:00Z');
const running = { state: 'running', started_at: '2026-11-20T10:00:00Z', estimate_seconds: 60 } as const;
const after = (seconds: number) => start + seconds * 1000;

it('is measured against the estimate, and never claims to be done', () => {
  expect(progressOf(running, after(15))).toEqual({ value: 0.25, text: 'about 45 s left' });
  expect(progressOf(running, after(59))?.value).toBe(0.95);
  expect(progressOf(running, after(90))).toEqual({ value: 0.95, text: '30 s longer than usual' });
});

it('says how long it has taken where nothing is known of others', () => {
  expect(progressOf({ ...running, estimate_seconds: null }, after(15))).toEqual({
    value: undefined,
    text: 'for 15 s',
  });
});

it('is nothing of what waits or has ended, and not negative by a clock that is behind', () => {
  expect(progressOf({ ...running, state: 'queued', started_at: null }, after(1))).toBeUndefined();
  expect(progressOf({ ...running, state: 'succeeded' }, after(1))).toBeUndefined();
  expect(progressOf(running, after(-5))?.value).toBe(0);
});
