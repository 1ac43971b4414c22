import { expect, test } from 'vitest';
import { plainDocument, plainLine, plainText, safeJson } from './plainText.ts';

test.each([
  ['colour', '\u001b[31mred\u001b[0m', 'red'],
  ['cursor', 'a\u001b[2J\u001b[Hb', 'ab'],
  ['title by OSC and BEL', 'a\u001b]0;pwned\u0007b', 'ab'],
  ['link by OSC and ST', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['OSC without an end', 'a\u001b]52;c;ZXZpbA==', 'a'],
  ['8-bit CSI', 'a\u009b31mb', 'ab'],
  ['DCS', 'a\u001bP1$r0m\u001b\\b', 'ab'],
  ['reset', 'a\u001bcb', 'ab'],
  ['lone escape at the end', 'a\u001b', 'a'],
  ['carriage return, bell, backspace', 'a\r\u0007\bb', 'ab'],
  ['text that reads backwards', 'a\u202eb\u2066c', 'abc'],
])('%s is taken out', (_name, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('what is only text stays', () => {
  expect(plainText('naïve 日本 👩‍👩‍👧\tx\ny')).toBe('naïve 日本 👩‍👩‍👧\tx\ny');
  expect(plainLine(' two\n\n lines\t')).toBe('two lines');
});

test('every string of a document is cleaned', () => {
  expect(plainDocument({ a: ['\u001b[1mx'], b: { c: '\u0007y' }, n: 1, z: null })).toEqual({
    a: ['x'],
    b: { c: 'y' },
    n: 1,
    z: null,
  });
});

test('JSON keeps the exact string without sending it to the terminal', () => {
  const value = { title: '\u009b31m\u202e\u001b[2J' };
  const text = safeJson(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(JSON.parse(text)).toEqual(value);
});
