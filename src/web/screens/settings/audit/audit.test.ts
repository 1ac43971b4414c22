import { describe, expect, test } from 'vitest';
import { beginOfDay, endOfDay } from './days.ts';
import { describeDetails } from './describe.ts';

describe('a day of the viewer', () => {
  test('begins at midnight and ends at the next', () => {
    expect(beginOfDay('2026-11-22')).toBe(new Date(2026, 10, 22).toISOString());
    expect(endOfDay('2026-11-30')).toBe(new Date(2026, 11, 1).toISOString());
  });

  test.each(['', 'yesterday', '2026-02-31', '2026-13-01'])('%s is none', (day) => {
    expect(beginOfDay(day)).toBeUndefined();
    expect(endOfDay(day)).toBeUndefined();
  });
});

describe('what an entry says besides', () => {
  test('stands in one line, without what is empty', () => {
    const details = { role: 'admin', teams: ['web', 'ferry'], expires_at: null, apps: [], prune: false };
    expect(describeDetails(details)).toBe('role: admin · teams: web, ferry · prune: false');
    expect(describeDetails({})).toBe('');
  });
});
