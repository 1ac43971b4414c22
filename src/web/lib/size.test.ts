import { expect, test } from 'vitest';
import { sizeText } from './size.ts';

test.each([
  [0, '0 bytes'],
  [532, '532 bytes'],
  [1_440, '1.4 kB'],
  [28_400_000_000, '28 GB'],
  [532_000_000, '532 MB'],
  [2_000_000_000_000_000, '2000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
