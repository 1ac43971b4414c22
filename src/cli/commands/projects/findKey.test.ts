import { expect, it } from 'vitest';
import type { KeyState, ProjectKey } from '../../../contract/projects.ts';
import { findKey } from './findKey.ts';

const key = (publicKey: string, state: KeyState): ProjectKey => ({
  public_key: publicKey,
  label: '',
  state,
  dsn: null,
  secret_dsn: null,
  created_at: '2026-11-21T22:15:19.000Z',
  retiring_at: null,
  revoked_at: null,
});
const keys = [key('abc1', 'active'), key('abc', 'retiring'), key('abd2', 'active'), key('f00', 'revoked')];

it.each([
  ['abc1', 'abc1'],
  ['abc', 'abc'],
  ['abd', 'abd2'],
  ['f', 'f00'],
])('%s names the key %s', (text, found) => {
  expect(findKey('shop', keys, text, ['active']).public_key).toBe(found);
});

it('is the only one in a state when none is named', () => {
  expect(findKey('shop', keys, undefined, ['retiring']).public_key).toBe('abc');
});

it.each([
  ['ab', '"ab" begins several keys of project shop; say more of it: abc1, abc, abd2'],
  ['x', 'project shop has no key "x"; slipway projects keys shop lists them'],
  [undefined, 'project shop has several keys that are active; name one: abc1, abd2'],
])('%s is told what there is', (text, message) => {
  expect(() => findKey('shop', keys, text, ['active'])).toThrow(message);
});

it('without a key in that state says so', () => {
  expect(() => findKey('shop', keys.slice(0, 1), undefined, ['retiring'])).toThrow(
    'project shop has no key that is retiring; slipway projects keys shop lists them',
  );
});
