import { describe, expect, it } from 'vitest';
import { changesAfterMs, durationText, exactTime, relativeTime } from './time.ts';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now, 'en-GB');

describe('a moment, relative to now', () => {
  it.each([
    [0, 'now'],
    [4, 'now'],
    [-4, 'now'],
    [5, '5 s ago'],
    [59, '59 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [3600, '1 h ago'],
    [86_399, '23 h ago'],
    [86_400, '1 d ago'],
    [29 * 86_400, '29 d ago'],
    [30 * 86_400, '23 Oct'],
    [400 * 86_400, '18 Oct 2025'],
    [-90, 'in 1 min'],
    [-7200, 'in 2 h'],
  ])('%d s ago is "%s"', (seconds, text) => {
    expect(ago(seconds)).toBe(text);
  });

  it('is looked at as often as it may change', () => {
    const changesIn = (seconds: number) => changesAfterMs(new Date(now.getTime() - seconds * 1000), now);
    expect([changesIn(3), changesIn(300), changesIn(10_000)]).toEqual([1000, 10_000, 60_000]);
  });

  it('is told exactly with its day, its second and the zone of the viewer', () => {
    expect(exactTime(new Date('2026-11-22T12:34:56Z'), 'en-GB')).toMatch(
      /^Sunday,? 22 November 2026 at \d\d:34:56 \S+/,
    );
  });
});

it.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [65, '1 min 5 s'],
  [3600, '1 h'],
  [3725, '1 h 2 min'],
  [90_000, '25 h'],
  [-3, '0 s'],
])('a duration of %d s is "%s"', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

it('a short duration may be told with a tenth', () => {
  expect(durationText(1.25, { precise: true })).toBe('1.3 s');
  expect(durationText(12.25, { precise: true })).toBe('12 s');
});
