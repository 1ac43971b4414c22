import { type Contents, contentsOf, type Link } from '../../lib/history.ts';

/**
 * What shipping a candidate would do to where an environment stands. `beyond`: what is live there is none of the
 * rows that are known, so only the server can tell.
 */
export type Relation = 'same' | 'initial' | 'forward' | 'backward' | 'diverged' | 'beyond';

export interface Bracket {
  readonly relation: Relation;
  readonly candidate: string;
  /** Commits that would go out, and that would be taken away. */
  readonly out: ReadonlySet<string>;
  readonly away: ReadonlySet<string>;
  /** There may be more than the rows show. */
  readonly more: boolean;
}

const none: ReadonlySet<string> = new Set();

/** The bracket between what is live and a candidate among the rows; undefined when it is none of them. */
export function bracketBetween(
  rows: readonly Link[],
  live: string | null,
  candidate: string,
): Bracket | undefined {
  const wanted = contentsOf(rows, candidate);
  if (wanted === undefined) return undefined;
  if (live === candidate) return { relation: 'same', candidate, out: none, away: none, more: false };
  if (live === null)
    return { relation: 'initial', candidate, out: wanted.shas, away: none, more: wanted.edges.length > 0 };
  const standing = contentsOf(rows, live);
  if (standing === undefined) return { relation: 'beyond', candidate, out: none, away: none, more: true };
  const out = wanted.shas.difference(standing.shas);
  const away = standing.shas.difference(wanted.shas);
  return { relation: relationOf(out, away), candidate, out, away, more: goesOn(wanted, standing) };
}

function relationOf(out: ReadonlySet<string>, away: ReadonlySet<string>): Relation {
  if (away.size === 0) return 'forward';
  return out.size === 0 ? 'backward' : 'diverged';
}

/** Below the last row both build on the same, or there is more of one than can be seen. */
function goesOn(a: Contents, b: Contents): boolean {
  return new Set(a.edges).symmetricDifference(new Set(b.edges)).size > 0;
}

/** A bracket in a few words: "3 go out". */
export function bracketWords({ relation, out, away, more }: Bracket): string {
  const count = (commits: ReadonlySet<string>) => `${commits.size}${more ? '+' : ''}`;
  switch (relation) {
    case 'same':
      return 'live';
    case 'initial':
      return 'first deploy';
    case 'forward':
      return `${count(out)} out`;
    case 'backward':
      return `${count(away)} back`;
    case 'diverged':
      return `${count(out)} out, ${count(away)} back`;
    case 'beyond':
      return 'off this chart';
  }
}
