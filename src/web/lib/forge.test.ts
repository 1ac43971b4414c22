import { expect, it } from 'vitest';
import { forgeOf } from './forge.ts';

it('knows the pages of the usual hosts, however the repository is reached', () => {
  for (const url of [
    'https://github.com/acme/harbor.git',
    'https://***@github.com/acme/harbor',
    'ssh://git@github.com/acme/harbor.git',
    'git@github.com:acme/harbor.git',
  ]) {
    expect(forgeOf(url)?.pullRequest(7)).toBe('https://github.com/acme/harbor/pull/7');
  }
  expect(forgeOf('https://gitlab.example.com/a/b/c.git')?.pullRequest(7)).toBe(
    'https://gitlab.example.com/a/b/c/-/merge_requests/7',
  );
  expect(forgeOf('https://codeberg.org/a/b')?.commit('abc')).toBe('https://codeberg.org/a/b/commit/abc');
});

it('guesses nothing for others', () => {
  for (const url of [
    '/srv/git/harbor.git',
    'file:///srv/github.com/a',
    'https://example.com/a/b',
    'javascript:alert(1)',
  ]) {
    expect(forgeOf(url)).toBeUndefined();
  }
});
