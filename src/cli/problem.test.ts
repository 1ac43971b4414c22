import { expect, it } from 'vitest';
import { AppError } from '../platform/errors.ts';
import { detailOf, problemOf } from './problem.ts';

it.each([
  ['query.limit: at most 200', 'limit: at most 200'],
  ['body.inputs.who: not one of a, b; path.run: no number', 'inputs.who: not one of a, b; run: no number'],
  ['the query.limit of the body.size: is kept', 'the query.limit of the body.size: is kept'],
])('what is wrong with a request names no part of it: %s', (detail, told) => {
  const problem = problemOf(new AppError('invalid_input', detail));
  expect(problem && detailOf(problem)).toBe(told);
});
