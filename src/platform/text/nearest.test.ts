import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

it.each([
  ['enviroments', 'environments'],
  ['prodcution', 'production'],
  ['Staging', 'staging'],
  ['stagin', 'staging'],
  ['prod', null],
  ['x', null],
  ['', null],
])('%s → %s', (word, expected) => {
  expect(nearest(word, ['environments', 'production', 'staging'])).toBe(expected);
});
