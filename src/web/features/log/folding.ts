import type { LineRange } from './logLayout.ts';
import { type Fold, foldsOf, type Section } from './sections.ts';

/** What can be folded in a log, and what is. */
export interface Folding {
  readonly folds: readonly Fold[];
  /** The fold whose first line this is. */
  foldAt(line: number): Fold | undefined;
  isFolded(line: number): boolean;
  /** The lines below a first line, of so many in all. */
  linesIn(line: number, count: number): number;
  /** What is hidden now. */
  readonly ranges: readonly LineRange[];
  readonly toggle: (fold: Fold) => void;
}

/** A section without an end goes on with the log. */
const openEnd = Number.MAX_SAFE_INTEGER - 1;

/** `folded` holds the lines of the heads that are folded. */
export function foldingOf(
  sections: readonly Section[],
  folded: ReadonlySet<number>,
  toggle: (fold: Fold) => void,
): Folding {
  const folds = foldsOf(sections, openEnd);
  const byHead = new Map(folds.map((fold) => [fold.section.line, fold]));
  return {
    folds,
    foldAt: (line) => byHead.get(line),
    isFolded: (line) => folded.has(line) && byHead.has(line),
    linesIn: (line, count) => {
      const fold = byHead.get(line);
      return fold === undefined ? 0 : Math.max(0, Math.min(fold.to, count) - fold.from + 1);
    },
    ranges: folds.filter((fold) => folded.has(fold.section.line)),
    toggle,
  };
}
