import { AppError } from '../../../platform/errors.ts';
import type { SegmentPattern } from './segmentPattern.ts';

/** A pattern as `@actions/glob` reads it. Segments are those of an absolute path, without the root. */
export interface GlobPattern {
  readonly negated: boolean;
  /** `null` is `**`: any number of segments. */
  readonly segments: readonly (SegmentPattern | null)[];
  /** It ended with a slash: it names directories, and so all that is below them. */
  readonly directoriesOnly: boolean;
  /** Whether the pattern was made of another one, to match what is below what that one matches. */
  readonly implicit: boolean;
  /** The segments before the first that is more than a name. */
  readonly searchPath: readonly string[];
}

/**
 * Reads the patterns of `hashFiles`, one a line: `#` begins a comment, `!` takes away what earlier ones matched.
 * Of each comes a second one for what is below what it matches. Throws `invalid_input` for `.` and `..` in the middle.
 */
export function parsePatterns(text: string, workspace: string): GlobPattern[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => parsePattern(line, workspace))
    .filter((pattern) => pattern !== null)
    .flatMap((pattern) => withDescendants(pattern));
}

/** Null for what is below the home directory: that is not in the workspace. */
function parsePattern(line: string, workspace: string): GlobPattern | null {
  const marks = /^(?:!\s*)*/.exec(line)?.[0] ?? '';
  const text = line.slice(marks.length);
  if (text === '' || /^~(\/|$)/.test(text)) return null;
  const absolute = text.startsWith('/');
  const written = text.split('/').filter((segment) => segment !== '');
  if (!absolute && written[0] === '.') written.shift();
  if (written.some((segment) => ['.', '..'].includes(literalOf(segment) ?? '')))
    throw new AppError(
      'invalid_input',
      `hashFiles cannot read the pattern ${JSON.stringify(line)}: it takes no . or .. between slashes`,
    );
  const root = absolute ? [] : workspace.split('/').filter((segment) => segment !== '');
  const literals = [...root, ...written.map(literalOf)];
  const firstGlob = literals.indexOf(null);
  return {
    negated: (marks.match(/!/g)?.length ?? 0) % 2 === 1,
    segments: [
      ...root.map((name) => [...name].map(exactly)),
      ...written.map((segment) => (segment === '**' ? null : toPattern(segment))),
    ],
    directoriesOnly: text.endsWith('/'),
    implicit: false,
    searchPath: (firstGlob === -1 ? literals : literals.slice(0, firstGlob)) as string[],
  };
}

function withDescendants(pattern: GlobPattern): GlobPattern[] {
  if (!pattern.directoriesOnly && pattern.segments.at(-1) === null) return [pattern];
  const below = { ...pattern, segments: [...pattern.segments, null], directoriesOnly: false, implicit: true };
  return [pattern, below];
}

/** What a segment without wildcards means; null with them. A set of one character is that character. */
function literalOf(segment: string): string | null {
  let literal = '';
  for (const token of tokens(segment)) {
    if (token === '*' || token === '?') return null;
    if (token.startsWith('\\') && token.length === 2) literal += token[1];
    else if (token.startsWith('[') && token.length > 1) {
      const only = token.slice(1, -1).replace(/\\(.)/g, '$1');
      if (only.length > 1) return null;
      literal += only;
    } else literal += token;
  }
  return literal;
}

function toPattern(segment: string): SegmentPattern {
  return tokens(segment).map((token) => {
    if (token === '*') return 'any';
    if (token === '?') return () => true;
    if (token.startsWith('[') && token.length > 1) {
      const set = new RegExp(`^${setOf(token.slice(1, -1))}$`, 'su');
      return (character) => set.test(character);
    }
    return exactly(token.startsWith('\\') && token.length > 1 ? token.slice(1) : token);
  });
}

function exactly(character: string): (other: string) => boolean {
  return (other) => other === character;
}

const tokens = (segment: string): string[] =>
  segment
    .match(/\\.|\[[!^]?\]?(?:\\.|\[:[a-z]+:\]|[^\]\\])*\]|\*+|./gsu)
    ?.map((token) => (token.startsWith('*') ? '*' : token)) ?? [];

/** The inside of `[…]`: characters, ranges, `!` or `^` for all others. A range that runs backwards holds nothing. */
function setOf(inside: string): string {
  const negated = /^[!^]/.test(inside);
  const parts = inside.slice(negated ? 1 : 0).match(/\[:[a-z]+:\]|(?:\\.|[^\\])(?:-(?:\\.|[^\\]))?/gsu) ?? [];
  const body = parts.map((part) => classes[part] ?? rangeOf(part)).join('');
  return body === '' ? '(?!)' : `[${negated ? '^' : ''}${body}]`;
}

const classes: Readonly<Record<string, string>> = {
  '[:alnum:]': '\\p{L}\\p{Nl}\\p{Nd}',
  '[:alpha:]': '\\p{L}\\p{Nl}',
  '[:blank:]': '\\p{Zs}\\t',
  '[:digit:]': '\\p{Nd}',
  '[:lower:]': '\\p{Ll}',
  '[:punct:]': '\\p{P}',
  '[:space:]': '\\s',
  '[:upper:]': '\\p{Lu}',
  '[:word:]': '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}',
  '[:xdigit:]': 'A-Fa-f0-9',
};

function rangeOf(part: string): string {
  const [, from = '', to] = /^\\?(.)(?:-\\?(.))?$/su.exec(part) ?? [];
  const quoted = (character: string) => character.replace(/[\\\]^[-]/g, '\\$&');
  if (to === undefined) return quoted(from);
  return from > to ? '' : `${quoted(from)}-${quoted(to)}`;
}
