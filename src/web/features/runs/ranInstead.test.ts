import { expect, test } from 'vitest';
import { ranInstead } from './ranInstead.ts';

const [head, other] = ['a'.repeat(40), 'b'.repeat(40)];

test.each([
  ['push', head, null],
  ['pull_request', other, { sha: other, what: 'its merge with its base' }],
  ['pull_request', head, null],
  ['pull_request_target', other, { sha: other, what: 'the default branch' }],
])('a run of %s at %s', (event, code_sha, ran) => {
  expect(ranInstead({ sha: head, code_sha, event })).toEqual(ran);
});
