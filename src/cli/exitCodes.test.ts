import { expect, test } from 'vitest';
import { UnreachableError } from '../contract/client.ts';
import { errorCodes } from '../contract/problem.ts';
import { AppError } from '../platform/errors.ts';
import { exitCodeOfProblem } from './exitCodes.ts';
import { isBlocked } from './follow/waiting.ts';
import { problemOf } from './problem.ts';

test('what is blocked exits with 3, every other problem with 2', () => {
  for (const code of errorCodes) {
    expect(exitCodeOfProblem(code)).toBe(['locked', 'gate_blocked'].includes(code) ? 3 : 2);
  }
});

test.each([
  ['locked', true],
  ['held', true],
  ['check_missing', true],
  ['check_failed', true],
  ['active_deploy', false],
  ['behind_in_queue', false],
  ['runners_busy', false],
] as const)('a deploy that waits because of %s is blocked: %s', (code, blocked) => {
  const reason = { code, message: '', cleared_by: '', action: null, skippable: false };
  expect(isBlocked([reason])).toBe(blocked);
});

test('every failure that Slipway knows is a problem, and a fault of the program is none', () => {
  expect(problemOf(new AppError('not_found', 'no app'))).toMatchObject({ status: 404, code: 'not_found' });
  const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(problemOf(new UnreachableError('http://x', new TypeError('fetch failed', { cause })))).toMatchObject(
    {
      code: 'unavailable',
      detail: 'Slipway cannot be reached at http://x (connection refused)',
    },
  );
  expect(problemOf(new TypeError('undefined is not a function'))).toBeUndefined();
});
