import { posix } from 'node:path';

/** What is wrong with the name of an app, environment, repository or team, or null. */
export function nameProblem(name: string): string | null {
  return /^[a-z0-9][a-z0-9-]{0,62}$/.test(name)
    ? null
    : 'is no name: up to 63 lower-case letters, digits and hyphens, not starting with a hyphen';
}

/** What is wrong with a text that people read on one line, or null. */
export function labelProblem(label: string): string | null {
  if (label.trim() === '') return 'is empty';
  if (label.length > 200) return 'is too long; at most 200 characters';
  return /\p{Cc}/u.test(label) ? 'must be a single line without control characters' : null;
}

/** What is wrong with the name of a check, or a glob of such names, or null. `*` stands for any characters. */
export function checkNameProblem(name: string): string | null {
  return labelProblem(name);
}

/** What is wrong with a directory that must lie within the checkout, or null. */
export function directoryProblem(directory: string): string | null {
  if (directory === '') return 'is empty; leave it out for the root of the checkout';
  if (posix.isAbsolute(directory)) return 'must be relative to the checkout';
  const normal = posix.normalize(directory);
  if (normal === '..' || normal.startsWith('../')) return 'must stay inside the checkout';
  return labelProblem(directory);
}

/** What is wrong with a branch, tag or sha that is shipped by default, or null. After `git check-ref-format`. */
export function refProblem(ref: string): string | null {
  const broken =
    /[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)/u.test(ref) ||
    /^[-./]|[./]$/.test(ref) ||
    ref === '@' ||
    ref === '';
  return broken ? 'is no branch, tag or commit sha' : null;
}

/** What is wrong with a url that people or Slipway open, or null. */
export function webUrlProblem(url: string): string | null {
  const problem = 'must be a url such as https://app.example.com/health';
  if (!URL.canParse(url)) return problem;
  const { protocol, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return problem;
  return username !== '' || password !== '' ? 'must not contain a user name or a password' : null;
}
