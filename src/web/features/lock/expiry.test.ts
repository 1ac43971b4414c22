import { expect, it } from 'vitest';
import { expiresAt, offeredExpiries } from './expiry.ts';

const friday = new Date(2026, 10, 20, 15, 30);

it('a lock lasts for hours from now, or to a morning', () => {
  expect(expiresAt('none', friday)).toBeUndefined();
  expect(expiresAt('hour', friday)).toEqual(new Date(2026, 10, 20, 16, 30));
  expect(expiresAt('four_hours', friday)).toEqual(new Date(2026, 10, 20, 19, 30));
  expect(expiresAt('tomorrow', friday)).toEqual(new Date(2026, 10, 21, 9));
  expect(expiresAt('monday', friday)).toEqual(new Date(2026, 10, 23, 9));
});

it('on a Monday, Monday is the next one', () => {
  expect(expiresAt('monday', new Date(2026, 10, 23, 8))).toEqual(new Date(2026, 10, 30, 9));
});

it('on a Sunday, Monday is tomorrow and not offered beside it', () => {
  expect(offeredExpiries(new Date(2026, 10, 22, 12))).not.toContain('monday');
  expect(offeredExpiries(friday)).toContain('monday');
});
