import { expect, test } from 'vitest';
import { writeCount, writeSize } from './size.ts';

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
