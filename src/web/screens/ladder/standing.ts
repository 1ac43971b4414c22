import type { EnvironmentStatus } from '../../../contract/apps.ts';
import { contentsOf, type Link } from '../../lib/history.ts';
import { type Bracket, bracketBetween } from './bracket.ts';

/** Where an environment stands among the rows. */
export interface Standing {
  readonly environment: EnvironmentStatus;
  /** The row of its pin; -1 when what is live is none of the rows. */
  readonly pin: number;
  /** What is live there, as far as the rows tell. */
  readonly shipped: ReadonlySet<string>;
}

/** Where each environment stands. */
export const standingsOf = (rows: readonly Link[], environments: readonly EnvironmentStatus[]): Standing[] =>
  environments.map((environment) => {
    const live = environment.live?.sha;
    return {
      environment,
      pin: rows.findIndex((row) => row.sha === live),
      shipped: (live === undefined ? undefined : contentsOf(rows, live)?.shas) ?? new Set(),
    };
  });

/** A bracket as it lies over the rows, from its first to its last. */
export interface PlacedBracket extends Bracket {
  readonly first: number;
  readonly last: number;
}

/** The bracket of a candidate in one environment's column; undefined where there is nothing to draw. */
export function placeBracket(
  rows: readonly Link[],
  { environment, pin }: Standing,
  candidate: number,
): PlacedBracket | undefined {
  const sha = rows[candidate]?.sha;
  if (sha === undefined) return undefined;
  const bracket = bracketBetween(rows, environment.live?.sha ?? null, sha);
  if (bracket === undefined) return undefined;
  const end = pin === -1 ? candidate : pin;
  return { ...bracket, first: Math.min(candidate, end), last: Math.max(candidate, end) };
}
