import { expect, test } from 'vitest';
import { failingSince, slowAgainst } from './history.ts';

/** Runs 5 to 1, newest first; `F` failed, `.` passed, `-` took no part. */
test.each([
  ['FFF..', 3],
  ['F....', 5],
  ['.FFFF', null],
  ['FFFFF', 1],
  ['-FF..', 3],
  ['F-F.F', 3],
  ['F-.FF', 5],
  ['-----', null],
  ['--.FF', null],
  ['', null],
])('%s fails since %s', (history, since) => {
  const runs = [...history].map((_, index) => ({ id: 5 - index }));
  const ends = [...history].flatMap((end, index) =>
    end === '-' ? [] : [{ run_id: 5 - index, failed: end === 'F' }],
  );
  expect(failingSince(runs, ends)?.id ?? null).toBe(since);
});

test.each<[number | null, number[], number | null]>([
  [10, [1, 1, 1], 1],
  [10, [1, 1], null],
  [null, [1, 1, 1], null],
  [3, [1, 1, 1], null],
  [3.1, [1, 1, 1], 1],
  [0.9, [0.1, 0.1, 0.1], null],
  [10, [9, 1, 2, 100], null],
  [20, [9, 1, 2, 100], 5.5],
  [10, [0, 0, 0], 0],
])('%s s after %j: %s', (seconds, before, slow) => {
  expect(slowAgainst(seconds, before)).toBe(slow);
});
