import type { GlobPattern } from './globPattern.ts';
import { matchesSegment, type SegmentPattern } from './segmentPattern.ts';

/** What of a path the patterns take, each one after the other: as a file, and as a directory. */
export interface Match {
  readonly file: boolean;
  /** Something below it may still be taken. */
  readonly descend: boolean;
}

/** `path`: the segments of an absolute path. */
export function matchPatterns(patterns: readonly GlobPattern[], path: readonly string[]): Match {
  let file = false;
  let directory = false;
  for (const pattern of patterns) {
    if (!matches(pattern, path)) continue;
    directory = !pattern.negated;
    if (!pattern.directoriesOnly) file = !pattern.negated;
  }
  const below = patterns.some(
    ({ negated, segments }) => !negated && matchSegments(segments, path, 'beginning'),
  );
  return { file, descend: directory || below };
}

/** `a/**` matches `a` too when it was written like that, but not when it was made to match what is below `a`. */
function matches({ segments, implicit }: GlobPattern, path: readonly string[]): boolean {
  if (segments.at(-1) === null && !implicit && matchSegments(segments.slice(0, -1), path, 'all')) return true;
  return matchSegments(segments, path, 'all');
}

/**
 * Whether a pattern matches all of a path, or could match something that the path is the beginning of. It keeps all
 * positions in the pattern that the path may have led to, so that many `**` cost no more than few.
 */
function matchSegments(
  segments: readonly (SegmentPattern | null)[],
  path: readonly string[],
  what: 'all' | 'beginning',
): boolean {
  let positions = new Set([0]);
  for (const name of path) {
    const next = new Set<number>();
    for (const position of positions) {
      const segment = segments[position];
      // A ** that is not the last may stand for nothing: `positions` grows while it is gone through.
      if (segment === null && position + 1 < segments.length) positions.add(position + 1);
      if (segment === null) next.add(position);
      if (segment === null || (segment && matchesSegment(segment, name))) next.add(position + 1);
    }
    positions = next;
  }
  return what === 'all' ? positions.has(segments.length) : positions.size > 0;
}
