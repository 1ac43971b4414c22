import { expect, test } from 'vitest';
import { parseDuration, parseMoment } from './duration.ts';

test.each([
  ['90s', 90],
  ['30m', 1800],
  ['5min', 300],
  ['2h', 7200],
  ['1d', 86_400],
  ['1h30m', 5400],
  ['1h 30m', 5400],
])('%s are %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['', '2', 'h', '2x', '2h x', '-2h', '2hh', '1.5h'])('%j is no duration', (text) => {
  expect(() => parseDuration(text)).toThrow('is no duration; write 90s');
});

test('a moment is exact or relative to now', () => {
  const now = new Date('2026-11-21T22:15:19.000Z');
  expect(parseMoment('2026-11-22T09:00:00Z', now, 'after')).toEqual(new Date('2026-11-22T09:00:00Z'));
  expect(parseMoment('2026-11-22 09:00', now, 'after')).toEqual(new Date(2026, 10, 22, 9));
  expect(parseMoment('2026-11-22', now, 'before')).toEqual(new Date(2026, 10, 22));
  expect(parseMoment('2h', now, 'after')).toEqual(new Date('2026-11-22T00:15:19.000Z'));
  expect(parseMoment('2h', now, 'before')).toEqual(new Date('2026-11-21T20:15:19.000Z'));
  for (const text of ['tomorrow', '2026-13-40', '5']) {
    expect(() => parseMoment(text, now, 'after')).toThrow('is no time');
  }
});
