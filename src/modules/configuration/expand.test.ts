import { expect, it } from 'vitest';
import { expand } from './expand.ts';

it('refuses what references make too long, without making it', () => {
  const repeated = '${A}'.repeat(10_000);
  expect(expand(repeated, () => 'x'.repeat(1_000_000))).toEqual({
    problems: ['has more than 65536 characters with what its references stand for'],
  });
  expect(expand(repeated, () => 'x')).toMatchObject({ text: 'x'.repeat(10_000) });
});
