import { expect, test } from 'vitest';
import { isFetchedSince } from './fetchRepository.ts';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000).toISOString();

test.each([
  ['after it was asked for', 1, 2, 3, true],
  ['in the same millisecond', 1, 1, 1, true],
  ['a fetch that had begun before does not count', 2, 1, 3, false],
  ['the fetch that was asked for still runs', 2, 3, 1, false],
])('%s', (_name, requested, started, finished, expected) => {
  const repository = { fetch_started_at: at(started), fetch_finished_at: at(finished) };
  expect(isFetchedSince(repository, at(requested))).toBe(expected);
});

test('never fetched is not fetched', () => {
  expect(isFetchedSince({ fetch_started_at: null, fetch_finished_at: null }, at(1))).toBe(false);
  expect(isFetchedSince({ fetch_started_at: at(2), fetch_finished_at: null }, at(1))).toBe(false);
});
