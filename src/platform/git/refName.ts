/**
 * Why a text cannot be the name of a branch or tag, or null when it can (the rules of git-check-ref-format).
 * Refuses revision expressions (`HEAD~1`, `@{u}`, `a..b`, `:/text`) and whatever could be taken for an option.
 */
export function refNameProblem(text: string): string | null {
  if (text === '') return 'it is empty';
  if (text.length > 1000) return 'it is longer than 1000 characters';
  return rules.find(([sign]) => sign.test(text))?.[1] ?? null;
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/^-/, 'a name must not begin with "-"'],
  [/\p{Cc}| /u, 'a name has no spaces or control characters'],
  [
    /\.\.|[~^:]|@\{|^@$/,
    'name a branch, a tag or a sha; expressions such as HEAD~1, a..b or @{u} are not accepted',
  ],
  [/[?*[\\]/, 'a name has none of the characters ? * [ \\'],
  [
    /^\/|\/$|\/\/|\.$|(^|\/)\.|\.lock(\/|$)/,
    'git allows no such name (dots and slashes at its ends, or ".lock")',
  ],
];
