import { expect, it } from 'vitest';
import { chordOf, keyNames } from './keys.ts';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

it('names keys as they are written on them', () => {
  expect(keyNames('mod+k', true)).toEqual(['⌘', 'K']);
  expect(keyNames('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keyNames('g o', false)).toEqual(['G', 'O']);
  expect(keyNames('?', false)).toEqual(['?']);
});

it('knows what was pressed', () => {
  expect(press('K', { metaKey: true })).toBe('mod+k');
  expect(press('k', { ctrlKey: true })).toBe('mod+k');
  expect(press('?')).toBe('?');
  expect(press('ArrowDown')).toBe('down');
  expect(press('Escape', { altKey: true })).toBe('alt+escape');
});
