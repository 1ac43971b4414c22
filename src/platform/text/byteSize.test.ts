import { describe, expect, it } from 'vitest';
import { byteSizeProblem, describeByteSize, parseByteSize } from './byteSize.ts';

describe('sizes', () => {
  it.each([
    [1024, 1024],
    ['1024', 1024],
    ['500MB', 500_000_000],
    ['2GiB', 2 * 1024 ** 3],
    ['1.5 MiB', 1.5 * 1024 ** 2],
    ['4kB', 4000],
  ])('%s is read', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
    expect(byteSizeProblem(text)).toBeNull();
  });

  it.each(['', '1 gb', '10X', '-5MB', '1e9', 'GiB', '99999999999TB', '5Kb'])('"%s" is none', (text) => {
    expect(byteSizeProblem(text)).toMatch(/^must be whole bytes/);
  });

  it('too small ones are refused', () => expect(byteSizeProblem('1')).toMatch('at least 1024'));

  it.each([
    [900, '900 bytes'],
    [1024 ** 3, '1 GiB'],
    [1.5 * 1024 ** 2, '1.5 MiB'],
  ])('%i is told as %s', (bytes, text) => expect(describeByteSize(bytes)).toBe(text));
});
