import type { Located } from '../../language/index.ts';
import { matchesGlob } from './glob.ts';

/** What a list of patterns says of a text, and which of them had the last word. */
export interface PatternMatch {
  readonly matches: boolean;
  readonly by: Located<string> | null;
}

/** In the order of the list: a pattern that matches includes the text, one with `!` before it takes it out again. */
export function matchPatterns(patterns: readonly Located<string>[], text: string): PatternMatch {
  let result: PatternMatch = { matches: false, by: null };
  for (const pattern of patterns) {
    const negated = pattern.value.startsWith('!');
    if (matchesGlob(negated ? pattern.value.slice(1) : pattern.value, text)) {
      result = { matches: !negated, by: pattern };
    }
  }
  return result;
}
