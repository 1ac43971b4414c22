import { expect, test } from 'vitest';
import { exactTime, relativeTime, withLocalTimes, writeDuration, writeTime } from './time.ts';

const now = new Date('2026-11-21T22:15:19.000Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each([
  [0, 'just now'],
  [42, '42 s ago'],
  [300, '5 min ago'],
  [3 * 3600, '3 h ago'],
  [26 * 3600, '26 h ago'],
  [50 * 3600, '2 d ago'],
  [-300, 'in 5 min'],
])('%i s before now is %s', (seconds, text) => {
  expect(relativeTime(before(seconds), now)).toBe(text);
});

test('what is long ago is a date', () => {
  const long = before(100 * 86_400);
  expect(relativeTime(long, now)).toBe(exactTime(long).slice(0, 10));
});

test('exact times are local', () => {
  const local = new Date(2026, 0, 2, 3, 4, 5);
  expect(writeTime(local.toISOString(), { now, exact: true })).toBe('2026-01-02 03:04:05');
});

test('moments in a message become local', () => {
  const iso = new Date(2026, 0, 2, 3, 4, 5, 678).toISOString();
  expect(withLocalTimes(`until ${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`)).toBe(
    'until 2026-01-02 03:04:00',
  );
  expect(withLocalTimes(`locked since ${iso}: freeze`)).toBe('locked since 2026-01-02 03:04:05: freeze');
});

test.each([
  [0.84, '0.8 s'],
  [3, '3 s'],
  [42.4, '42 s'],
  [59.9, '1 min'],
  [192, '3 min 12 s'],
  [3600, '1 h'],
  [3900, '1 h 5 min'],
  [2 * 86_400 + 3 * 3600, '2 d 3 h'],
])('%d s are written %s', (seconds, text) => {
  expect(writeDuration(seconds)).toBe(text);
});
