import { expect, test } from 'vitest';
import { collectMatrix, lineWithoutName } from './pairs.ts';

test('--matrix takes KEY:VALUE, also with = for the colon, and says so', () => {
  expect(collectMatrix('os:a=b', undefined)).toEqual([{ key: 'os', value: 'a=b' }]);
  expect(collectMatrix('url=a:b', undefined)).toEqual([{ key: 'url', value: 'a:b' }]);
  expect(() => collectMatrix('os', undefined)).toThrow('It takes KEY:VALUE.');
});

test.each<[string, number | null]>([
  ['A=1\n\n# said\nexport B = two words\nC="1\n2 no name\n3"\nD=it\'s\r\n', null],
  ["A='x'y\nE.F-G=\n", null],
  ['A=1\nnonsense\n', 2],
  ['C="1\n2"\nB: 2\n', 3],
  ['{"A": 1}', 1],
])('%j has a line without a name: %s', (text, line) => {
  expect(lineWithoutName(text)).toBe(line);
});
