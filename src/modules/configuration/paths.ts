import picomatch from 'picomatch';

/** Whether a commit that changes these files concerns an app. */
export type PathMatcher = (files: readonly string[]) => boolean;

/**
 * Whether a commit that changes `files` concerns an app with these `paths`. For many commits, make the
 * matcher once with `pathMatcher`.
 */
export function affectsApp(paths: readonly string[], files: readonly string[]): boolean {
  return pathMatcher(paths)(files);
}

/**
 * Compiles `paths`. For each file the last pattern that matches decides, and `!` before a pattern takes files
 * out, as in .gitignore and in the path filters of GitHub Actions. Without patterns every commit concerns the
 * app, one without files too; with `!` patterns alone, all files count but those.
 */
export function pathMatcher(paths: readonly string[]): PathMatcher {
  if (paths.length === 0) return () => true;
  const rules = paths.map((path) => ({ includes: !path.startsWith('!'), matches: compile(body(path)) }));
  const otherwise = rules.every((rule) => !rule.includes);
  return (files) =>
    files.some((file) => rules.findLast((rule) => rule.matches.test(file))?.includes ?? otherwise);
}

/** What is wrong with a pattern of `paths`, or null. */
export function pathPatternProblem(path: string): string | null {
  const pattern = body(path);
  if (pattern === '') return 'is empty';
  if (pattern.startsWith('/')) return 'starts with `/`; paths are relative to the root of the repository';
  if (/^\.\.?\//.test(pattern))
    return 'starts with `./` or `../`; paths are relative to the root of the repository';
  if (pattern.endsWith('/')) return `names a directory and matches no file; write \`${path}**\``;
  try {
    compile(pattern);
    return null;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return 'is not a valid glob; are its brackets and braces closed? (`\\` before a character takes it literally)';
  }
}

function body(path: string): string {
  return path.startsWith('!') ? path.slice(1) : path;
}

/** `s` because a file name may contain a line break; `debug` because picomatch hides a broken pattern otherwise. */
function compile(pattern: string): RegExp {
  return picomatch.makeRe(withoutGroups(pattern), {
    dot: true,
    nonegate: true,
    noextglob: true,
    strictBrackets: true,
    debug: true,
    flags: 's',
  });
}

/**
 * Parentheses stand for themselves, as in `app/(group)/page.tsx`. The library would read them as groups of a
 * regular expression, and `(a+)+` takes for ever.
 */
function withoutGroups(pattern: string): string {
  return pattern.replace(/\\.|\[[^\]]*\]|[()]/gs, (part) =>
    part === '(' || part === ')' ? `\\${part}` : part,
  );
}
