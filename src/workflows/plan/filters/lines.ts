import type { Located } from '../../language/index.ts';

/** `line 5`, `lines 5-7`. */
export function linesOf(places: readonly Located<unknown>[]): string {
  const lines = places.map(({ at }) => at.start.line);
  const [first, last] = [Math.min(...lines), Math.max(...lines)];
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}
