import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highWater } from '../server/features/tides.js';

test('high water as the almanac has it', () => {
  const morning = highWater(new Date('2026-01-10T00:00:00Z'));
  assert.equal(morning.toISOString().slice(0, 16), '2026-01-10T04:07');
});

test('after a high water comes another one', () => {
  const first = highWater(new Date('2026-01-10T12:00:00Z'));
  const next = highWater(new Date(first.getTime() + 1));
  assert.ok(next - first > 12 * 3_600_000);
});
