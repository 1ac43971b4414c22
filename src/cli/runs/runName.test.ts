import { expect, test } from 'vitest';
import { isSameAddress } from './checkoutHere.ts';
import { parseRunName } from './runName.ts';

test.each([
  ['12', { kind: 'id', id: 12 }],
  ['https://ship.example.com/runs/12', { kind: 'id', id: 12 }],
  ['https://ship.example.com/base/runs/12/jobs/40?attempt=1', { kind: 'id', id: 12 }],
  ['harbor/test#12', { kind: 'number', repository: 'harbor', workflow: 'test', number: 12 }],
  ['harbor/test/12', { kind: 'number', repository: 'harbor', workflow: 'test', number: 12 }],
  ['harbor/test.yml', { kind: 'number', repository: 'harbor', workflow: 'test', number: undefined }],
])('%s is a run', (text, name) => {
  expect(parseRunName(text)).toEqual(name);
});

test.each(['', 'harbor', 'harbor/', 'harbor/test#', 'harbor/test#x', 'a b/c', '-1'])('%j is none', (text) => {
  expect(() => parseRunName(text)).toThrow('names no run; write harbor/test#12');
});

test.each([
  ['git@git.example.com:acme/harbor.git', 'https://git.example.com/acme/harbor', true],
  ['ssh://git@git.example.com/acme/harbor', 'git@git.example.com:acme/harbor.git', true],
  ['https://ann:secret@GIT.example.com/acme/harbor.git/', 'https://git.example.com/acme/harbor.git', true],
  ['/srv/harbor', 'file:///srv/harbor/', true],
  ['https://git.example.com/acme/harbor', 'https://git.example.com/other/harbor', false],
  ['https://git.example.com/acme/harbor', 'https://example.com/acme/harbor', false],
])('%s and %s: %s', (one, other, same) => {
  expect(isSameAddress(one, other)).toBe(same);
});
