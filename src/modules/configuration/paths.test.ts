import { describe, expect, it } from 'vitest';
import { affectsApp, pathPatternProblem } from './paths.ts';

describe('affectsApp', () => {
  it.each<[string, string[], string[], boolean]>([
    ['no paths: every commit', [], ['any'], true],
    ['no paths: a commit without files too', [], [], true],
    ['paths: a commit without files does not', ['web/**'], [], false],
    ['a file below', ['web/**'], ['docs/a.md', 'web/src/a.ts'], true],
    ['nothing below', ['web/**'], ['website/a.ts'], false],
    ['taken out again', ['web/**', '!**/*.md'], ['web/README.md'], false],
    ['one of two stays', ['web/**', '!**/*.md'], ['web/README.md', 'web/a.ts'], true],
    ['the last match wins', ['!**/*.md', 'web/**'], ['web/README.md'], true],
    ['taken back in', ['web/**', '!web/docs/**', 'web/docs/api/**'], ['web/docs/api/x.md'], true],
    ['only negatives: everything but', ['!docs/**', '!**/*.md'], ['src/a.ts'], true],
    ['only negatives: none but', ['!docs/**', '!**/*.md'], ['docs/a.ts', 'README.md'], false],
    ['dotfiles', ['**'], ['.github/workflows/ci.yml'], true],
    ['a star stays within its directory', ['web/*'], ['web/a/b'], false],
    ['braces', ['{web,shared}/**'], ['shared/a'], true],
    ['classes', ['v[0-9]/**'], ['v2/a', 'x'], true],
    ['parentheses are literal', ['app/(group)/**'], ['app/(group)/page.tsx'], true],
    ['and no group', ['app/(group)/**'], ['app/group/page.tsx'], false],
    ['escaped parentheses too', ['app/\\(group\\)/**'], ['app/(group)/page.tsx'], true],
    ['a file name with a line break', ['web/**'], ['web/a\nb'], true],
    ['case matters', ['Web/**'], ['web/a'], false],
    ['a file with the name of a directory pattern', ['web/**'], ['web'], true],
    ['an exclamation mark, literally', ['\\!important'], ['!important'], true],
  ])('%s', (_, paths, files, expected) => {
    expect(affectsApp(paths, files)).toBe(expected);
  });

  it('cannot be made to take for ever by a pattern that is an evil regular expression', () => {
    expect(affectsApp(['(a+)+b'], ['a'.repeat(60)])).toBe(false);
  });
});

describe('pathPatternProblem', () => {
  it.each(['web/**', '!**/*.md', '*.{ts,tsx}', 'a b/c', 'app/(x)/**', '[ab]'])('accepts %s', (pattern) => {
    expect(pathPatternProblem(pattern)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    ['!', 'empty'],
    ['/web/**', 'relative to the root'],
    ['./web/**', 'relative to the root'],
    ['../web/**', 'relative to the root'],
    ['web/', '`web/**`'],
    ['web/[ab', 'valid glob'],
    ['{web', 'valid glob'],
    ['[z-a]', 'valid glob'],
    ['a\\', 'valid glob'],
  ])('refuses %j: %s', (pattern, message) => {
    expect(pathPatternProblem(pattern)).toContain(message);
  });
});
