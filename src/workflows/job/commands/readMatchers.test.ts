import { expect, test } from 'vitest';
import { readMatchers } from './readMatchers.ts';

const fileOf = (pattern: unknown, more: object = { owner: 'tsc' }) =>
  JSON.stringify({ problemMatcher: [{ ...more, pattern }] });
const line = { regexp: '^(.*)$', message: 1 };

test.each([
  ['[]', 'the file must be an object'],
  ['{"problemMatcher": 1}', 'problemMatcher must be a list'],
  [fileOf(line, { owner: '' }), 'problemMatcher[0].owner must be a text that is not empty'],
  [fileOf(line, { owner: 'a', severity: 1 }), 'problemMatcher[0].severity must be a text'],
  [fileOf([]), 'problemMatcher[0].pattern must have one pattern at least'],
  [fileOf(undefined), 'problemMatcher[0].pattern must be an object'],
  [fileOf({ ...line, file: 1.5 }), 'problemMatcher[0].pattern.file must be the number of a group'],
  [
    fileOf([line, { ...line, message: -1 }]),
    'problemMatcher[0].pattern[1].message must be the number of a group',
  ],
  [fileOf({ message: 1 }), 'problemMatcher[0].pattern.regexp must be a text'],
  [fileOf([line, { ...line, loop: 'yes' }]), 'problemMatcher[0].pattern[1].loop must be true or false'],
  [fileOf({ ...line, loop: true }), 'only the last of several patterns of tsc can have loop'],
  [fileOf({ regexp: 'a' }), 'the last pattern of tsc names no group for message'],
])('%s: %s', (text, message) => {
  expect(() => readMatchers(text)).toThrow(message);
});

test('one pattern and a list of them are read alike', () => {
  const found = (text: string) => readMatchers(text)[0]?.match((expression) => expression.exec('odd'));
  expect(found(fileOf(line))).toMatchObject({ owner: 'tsc', severity: 'error', message: 'odd' });
  expect(found(fileOf([line], { owner: 'tsc', severity: 'notice' }))).toMatchObject({ severity: 'notice' });
});
