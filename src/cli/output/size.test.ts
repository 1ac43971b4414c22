import { expect, test } from 'vitest';
import { parseSize, writeCount, writeSize } from './size.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [12_345, '12 kB'],
  [3_400_000, '3.4 MB'],
  [2_000_000_000, '2.0 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(writeSize(bytes)).toBe(text);
});

test('large numbers are grouped, and one is one', () => {
  expect(writeCount(1_234_567, 'row')).toBe('1,234,567 rows');
  expect(writeCount(1, 'row')).toBe('1 row');
});

test.each([
  ['1000', 1000],
  ['512M', 512_000_000],
  ['2 GB', 2_000_000_000],
  ['1.5GiB', 1_610_612_736],
])('%s is %i bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test('what is no size says how one is written', () => {
  expect(() => parseSize('much')).toThrow('"much" is no size; write 512M, 2GB or 1.5GiB');
});
