import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it.each([
  ['Ada Lovelace', 'AL'],
  ['ben', 'BE'],
  ['ci-bot', 'CB'],
  ['Ana Maria de Sousa', 'AS'],
  ['sample (local)', 'SL'],
  ['é', 'É'],
  ['李小龍', '李小'],
  ['', '?'],
])('"%s" is known by %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
