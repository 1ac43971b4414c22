import { describe, expect, it } from 'vitest';
import { equalInConstantTime, hashToken, isTokenShaped, newToken } from './index.ts';

describe('a new token', () => {
  it('carries its prefix, 32 random characters and a checksum', () => {
    const { token, hash, hint } = newToken('slp');
    expect(token).toMatch(/^slp_[0-9A-Za-z]{38}$/);
    expect(hash).toBe(hashToken(token));
    expect(hint).toBe(`${token.slice(0, 8)}…`);
  });

  it('is another one each time, and uses every character about as often', () => {
    const tokens = Array.from({ length: 5000 }, () => newToken('slp').token);
    expect(new Set(tokens).size).toBe(tokens.length);
    const counts = new Map<string, number>();
    for (const token of tokens) {
      for (const character of token.slice(4, 36)) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    const expected = (tokens.length * 32) / 62;
    expect(counts.size).toBe(62);
    // Without throwing bytes away, the first eight would come a quarter more often.
    for (const count of counts.values()) expect(Math.abs(count / expected - 1)).toBeLessThan(0.12);
  });

  it('is recognised by its shape', () => {
    const { token } = newToken('slp');
    expect(isTokenShaped(token, 'slp')).toBe(true);
    expect(isTokenShaped(token, 'other')).toBe(false);
    expect(isTokenShaped(`${token}x`, 'slp')).toBe(false);
    expect(isTokenShaped(token.slice(0, -1), 'slp')).toBe(false);
    expect(isTokenShaped('', 'slp')).toBe(false);
    for (let index = 4; index < token.length; index += 1) {
      const typo = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
      expect(isTokenShaped(typo, 'slp')).toBe(false);
    }
  });
});

it('a token is hashed with SHA-256', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it.each([
  ['a', 'a', true],
  ['', '', true],
  ['a', 'b', false],
  ['a', 'aa', false],
  ['ü', 'ü', true],
])('equalInConstantTime(%j, %j) is %s', (a, b, expected) => {
  expect(equalInConstantTime(a, b)).toBe(expected);
});
