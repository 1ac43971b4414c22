import { expect, test } from 'vitest';
import { createLogFilter } from './logFilter.ts';

const filterAll = (parts: string[], colours = true) => {
  const filter = createLogFilter({ colours });
  return parts.map((part) => filter.filter(part)).join('');
};

test.each([
  ['plain text', 'building…\n日本\n', 'building…\n日本\n'],
  ['cursor movement and clearing', 'a\u001b[2J\u001b[1;1Hb', 'ab'],
  ['window title', 'a\u001b]0;evil\u0007b', 'ab'],
  ['clipboard, ended by ST', 'a\u001b]52;c;eA==\u001b\\b', 'ab'],
  ['8-bit sequences', 'a\u009b2Jb\u009dx\u009cc', 'abc'],
  ['bell and backspace', 'a\u0007\bb', 'ab'],
  ['character sets', 'a\u001b(0b', 'ab'],
  ['Windows line ends', 'a\r\nb', 'a\nb'],
  ['a line that overwrites itself', '10%\r20%\n', '10%\n20%\n'],
  ['private modes', 'a\u001b[?1049hb\u001b[>4;2mc', 'abc'],
])('%s', (_name, text, shown) => {
  expect(filterAll([text])).toBe(shown);
  expect(filterAll([...text])).toBe(shown);
});

test('colours stay, and are closed at the end of each part and opened again in the next', () => {
  expect(filterAll(['\u001b[31mred'])).toBe('\u001b[31mred\u001b[0m');
  const filter = createLogFilter({ colours: true });
  filter.filter('\u001b[31mred');
  expect(filter.filter('still')).toBe('\u001b[31mstill\u001b[0m');
  expect(filter.filter('\u001b[0mplain')).toBe('\u001b[31m\u001b[0mplain');
  expect(filter.filter('plain')).toBe('plain');
});

test('a broken sequence swallows its own line at most', () => {
  expect(filterAll(['a\u001bPbinary\nnext\u001b[12\nlast'])).toBe('a\nnext\nlast');
});

test('without colours only the text stays', () => {
  expect(filterAll(['\u001b[1;31mred\u001b[0m\n'], false)).toBe('red\n');
});

test('a sequence that is cut anywhere is still recognised', () => {
  const text = 'x\u001b[31my\u001b]0;t\u001b\\z\u001b[0m';
  for (let cut = 0; cut <= text.length; cut += 1) {
    const shown = filterAll([text.slice(0, cut), text.slice(cut)], false);
    expect(shown).toBe('xyz');
  }
});

test('endless sequences cost no memory', () => {
  const filter = createLogFilter({ colours: true });
  filter.filter(`\u001b[${'1;'.repeat(500_000)}`);
  expect(filter.filter('mtext')).toBe('text');
  for (let n = 0; n < 1000; n += 1) filter.filter(`\u001b[38;5;${n % 256}m`);
  expect(filter.filter('x').length).toBeLessThan(300);
});
