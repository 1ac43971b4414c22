import type { Deploy } from '../../../contract/deploys.ts';
import { bracketWords } from './bracket.ts';
import type { PlacedBracket, Standing } from './standing.ts';

/** What one environment's column shows on one rung. */
export interface RailCell {
  readonly environment: string;
  /** What is live there is this commit. */
  readonly live: boolean;
  /** What is live there contains this commit. */
  readonly shipped: boolean;
  /** Deploys of this commit that are under way or queued there. */
  readonly moving: readonly Deploy[];
  readonly bracket: BracketPart | undefined;
}

export interface BracketPart {
  readonly place: 'first' | 'inside' | 'last' | 'only';
  /** Whether this commit would go out or be taken away; null for one that the bracket merely passes. */
  readonly direction: 'out' | 'away' | null;
  /** On the candidate's rung: what shipping it would do, in words. */
  readonly words: string | undefined;
}

/** One rung of an environment's column. */
export function railAt(
  { environment, shipped }: Standing,
  bracket: PlacedBracket | undefined,
  { sha, index }: { sha: string; index: number },
): RailCell {
  const underWay = environment.active === null ? [] : [environment.active];
  return {
    environment: environment.name,
    live: environment.live?.sha === sha,
    shipped: shipped.has(sha),
    moving: [...underWay, ...environment.queued].filter((deploy) => deploy.sha === sha),
    bracket: bracket && bracketAt(bracket, sha, index),
  };
}

function bracketAt(bracket: PlacedBracket, sha: string, index: number): BracketPart | undefined {
  if (index < bracket.first || index > bracket.last) return undefined;
  return {
    place: placeIn(bracket, index),
    direction: bracket.out.has(sha) ? 'out' : bracket.away.has(sha) ? 'away' : null,
    words: sha === bracket.candidate ? bracketWords(bracket) : undefined,
  };
}

function placeIn({ first, last }: PlacedBracket, index: number): BracketPart['place'] {
  if (first === last) return 'only';
  if (index === first) return 'first';
  return index === last ? 'last' : 'inside';
}
