import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../index.ts';

/** The documented examples of branches, tags and paths, then what they leave open. */
const table: readonly (readonly [pattern: string, matching: string, other: string])[] = [
  ['feature/*', 'feature/my-branch feature/your-branch', 'feature/beta-a/my-branch feature'],
  [
    'feature/**',
    'feature/beta-a/my-branch feature/your-branch feature/mona/the/octocat',
    'feature xfeature/a',
  ],
  ['main', 'main', 'main2 Main mai'],
  ['releases/mona-the-octocat', 'releases/mona-the-octocat', 'releases/mona'],
  ['*', 'main releases', 'all/the/branches'],
  ['**', 'all/the/branches every/tag main', ''],
  ['*feature', 'mona-feature feature ver-10-feature', 'feature-1 a/feature'],
  ['v2*', 'v2 v2.0 v2.9', 'v1 v2/x'],
  ['v[12].[0-9]+.[0-9]+', 'v1.10.1 v2.0.0', 'v3.0.0 v1.10 v1.x.1'],
  ['*', 'README.md server.rb', 'docs/x.md'],
  ['*.jsx?', 'page.js page.jsx', 'page.jsxx a/page.js'],
  ['**', 'all/the/files.md', ''],
  ['*.js', 'app.js index.js', 'js/app.js app.jsx'],
  ['**.js', 'index.js js/index.js src/js/app.js', 'index.jsx'],
  ['docs/*', 'docs/README.md docs/file.txt', 'docs/a/b.md docs'],
  ['docs/**', 'docs/README.md docs/mona/octocat.txt', 'src/docs/README.md'],
  ['docs/**/*.md', 'docs/README.md docs/mona/hello-world.md docs/a/markdown/file.md', 'docs/a.txt README.md'],
  ['**/docs/**', 'docs/hello.md dir/docs/my-file.txt space/docs/plan/space.doc', 'mydocs/hello.md docs'],
  ['**/README.md', 'README.md js/README.md', 'js/xREADME.md README.mdx'],
  ['**/*src/**', 'a/src/app.js my-src/code/js/app.js', 'src.js src'],
  ['**/*-post.md', 'my-post.md path/their-post.md', 'post.md my-post.txt'],
  ['**/migrate-*.sql', 'migrate-10909.sql db/migrate-v1.0.sql db/sept/migrate-v1.sql', 'migrate.sql'],
  ['a+b', 'ab aab aaab', 'b a+b'],
  ['v1?.0', 'v1.0 v.0', 'v11.0'],
  ['[abc]x', 'ax cx', 'dx abcx'],
  ['[A-Fx]-[0-9]', 'A-0 F-9 x-5', 'G-0 a-1'],
  ['\\*.md', '*.md', 'a.md'],
  ['a\\+b', 'a+b', 'aab'],
  ['[ab', '[ab', 'a'],
  ['a/**/b', 'a/b a/x/b a/x/y/b', 'ab a/xb'],
  ['🚢/*', '🚢/x', '🚣/x'],
];

test.each(table)('%s', (pattern, matching, others) => {
  for (const text of matching.split(' ')) expect([text, matchesGlob(pattern, text)]).toEqual([text, true]);
  for (const text of others.split(' ').filter((other) => other !== '')) {
    expect([text, matchesGlob(pattern, text)]).toEqual([text, false]);
  }
});

test('a pattern that would drive a backtracking matcher mad is answered', () => {
  expect(matchesGlob(`${'*a+'.repeat(60)}b`, 'a'.repeat(500))).toBe(false);
  expect(matchesGlob(`${'**/a'.repeat(60)}`, `${'a/'.repeat(500)}b`)).toBe(false);
});

test('a text without special characters matches itself, and by ** everything does', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'abc/._-🚢0'), minLength: 1 });
  fc.assert(fc.property(plain, (text) => matchesGlob(text, text) && matchesGlob('**', text)));
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      expect(matchesGlob(`${a}*`, `${a}${b}`)).toBe(!b.includes('/'));
      expect(matchesGlob(`**${b}`, `${a}${b}`)).toBe(true);
    }),
  );
});
