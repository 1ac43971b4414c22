import { expect, it } from 'vitest';
import { type Ref, type SuggestionSources, suggestionsFor } from './suggestions.ts';

const ref = (kind: Ref['kind'], name: string, isDefault = false): Ref => ({
  kind,
  name,
  sha: name.padEnd(40, '0'),
  committed_at: '2026-11-01T00:00:00Z',
  subject: `Subject of ${name}`,
  default: isDefault,
});

const sources: SuggestionSources = {
  refs: [
    ref('branch', 'feature/main-menu'),
    ref('branch', 'maintenance'),
    ref('branch', 'main', true),
    ref('tag', 'v2.0'),
  ],
  commits: [
    {
      sha: 'abc123'.padEnd(40, '0'),
      short_sha: 'abc123',
      subject: 'Repair the mainsail',
      committed_at: '2026-11-01T00:00:00Z',
    },
    {
      sha: 'def456'.padEnd(40, '0'),
      short_sha: 'def456',
      subject: 'Paint',
      committed_at: '2026-11-01T00:00:00Z',
    },
  ],
  special: [
    { name: ':current', sha: 'c'.repeat(40), about: 'what runs' },
    { name: ':previous', sha: 'd'.repeat(40), about: 'what ran' },
  ],
};
const valuesFor = (typed: string) => suggestionsFor(typed, sources).map(({ value }) => value);

it('offers everything before anything is typed: what is special here first, the default branch before the others', () => {
  expect(valuesFor('')).toEqual([
    ':current',
    ':previous',
    'main',
    'feature/main-menu',
    'maintenance',
    'v2.0',
    'abc123',
    'def456',
  ]);
});

it('puts the exact name first, then names that begin so, then names and subjects that contain it', () => {
  expect(valuesFor('main')).toEqual(['main', 'maintenance', 'feature/main-menu', 'abc123']);
  expect(valuesFor('MAINT')).toEqual(['maintenance']);
});

it('finds commits by the beginning of their sha, and the special ones by a colon', () => {
  expect(valuesFor('def')).toEqual(['def456']);
  expect(valuesFor(':p')).toEqual([':previous']);
  expect(valuesFor('nothing like that')).toEqual([]);
});

it('shows a few of each kind, however many there are', () => {
  const refs = Array.from({ length: 500 }, (_, index) => ref('branch', `b${index}`));
  expect(suggestionsFor('', { ...sources, refs }).filter(({ group }) => group === 'Branches')).toHaveLength(
    8,
  );
});
