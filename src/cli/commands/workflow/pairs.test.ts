import { expect, test } from 'vitest';
import { collectMatrix } from './pairs.ts';

test('--matrix takes KEY:VALUE, also with = for the colon, and says so', () => {
  expect(collectMatrix('os:a=b', undefined)).toEqual([{ key: 'os', value: 'a=b' }]);
  expect(collectMatrix('url=a:b', undefined)).toEqual([{ key: 'url', value: 'a:b' }]);
  expect(() => collectMatrix('os', undefined)).toThrow('It takes KEY:VALUE.');
});
