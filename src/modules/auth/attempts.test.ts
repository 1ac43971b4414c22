import { describe, expect, it } from 'vitest';
import { msToWait } from './attempts.ts';

const now = new Date('2026-11-21T12:00:00Z');
const minutes = 60_000;
const guess = { username: 'ada', ip: '198.51.100.7' };
const ago = (count: number, ofMinutes: number, who: Partial<typeof guess> = {}) =>
  Array.from({ length: count }, () => ({
    ...guess,
    ...who,
    at: new Date(now.getTime() - ofMinutes * minutes),
  }));

describe('one more attempt', () => {
  it.each([
    ['after none', [], 0],
    ['after 4 of the name from the address', ago(4, 1), 0],
    ['after 5', ago(5, 1), 14],
    ['when the oldest of 5 is about to leave', [...ago(4, 1), ...ago(1, 14)], 1],
    ['after more than 5: when the fifth newest leaves', [...ago(5, 2), ...ago(3, 10)], 13],
    ['after 49 of the name from elsewhere', ago(49, 3, { ip: '203.0.113.1' }), 0],
    ['after 50', ago(50, 3, { ip: '203.0.113.1' }), 12],
    ['after 29 of other names from the address', ago(29, 5, { username: 'bob' }), 0],
    ['after 30', ago(30, 5, { username: 'bob' }), 10],
    ['when two limits are reached: the longer', [...ago(5, 1), ...ago(30, 9, { username: 'bob' })], 14],
    [
      'is not delayed by an old attempt of another limit',
      [...ago(4, 1), ...ago(20, 14, { username: 'bob' })],
      0,
    ],
  ])('%s', (_, attempts, expectedMinutes) => {
    expect(msToWait(attempts, guess, now) / minutes).toBe(expectedMinutes);
  });
});
