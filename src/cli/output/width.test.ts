import { expect, test } from 'vitest';
import { displayWidth, pad, truncate } from './width.ts';

test.each([
  ['harbor', 6],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['日本語', 6],
  ['한글', 4],
  ['🚢 ship', 7],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['ｆｕｌｌ', 8],
  ['\u200b', 0],
  ['', 0],
])('%j takes %i columns', (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test('a text is cut to its columns, never through a wide character', () => {
  expect(truncate('Add tide tables', 8)).toBe('Add tid…');
  expect(truncate('Add tide tables', 5)).toBe('Add…');
  expect(truncate('日本語です', 6)).toBe('日本…');
  expect(displayWidth(truncate('日本語です', 6))).toBeLessThanOrEqual(6);
  expect(truncate('fits', 4)).toBe('fits');
  expect(truncate('x', 0)).toBe('');
});

test('padding counts columns, not characters', () => {
  expect(pad('日本', 6)).toBe('日本  ');
  expect(pad('12', 4, 'right')).toBe('  12');
  expect(pad('too long', 3)).toBe('too long');
});
