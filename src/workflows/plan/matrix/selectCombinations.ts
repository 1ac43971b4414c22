import { toText, type Value } from '../../expressions/index.ts';
import type { Range } from '../../language/index.ts';
import type { Combination } from '../plan.ts';
import { refuse } from '../refusal.ts';

/**
 * Of the combinations that have a key of the selection, those with one of its values. Throws `Refusal` when none is
 * left.
 */
export function selectCombinations(
  combinations: readonly Combination[],
  selection: Readonly<Record<string, readonly string[]>>,
  { id, file, at }: { readonly id: string; readonly file: string; readonly at: Range },
): readonly Combination[] {
  const wanted = Object.entries(selection);
  if (wanted.length === 0) return combinations;
  const selected = combinations.filter(({ values }) =>
    wanted.every(([key, texts]) => !(key in values) || texts.includes(shownValue(values[key] ?? null))),
  );
  if (selected.length > 0 || combinations.length === 0) return selected;
  const have = combinations.map(({ label }) => `(${label})`).join(', ');
  const asked = wanted.map(([key, texts]) => `${key}:${texts.join(',')}`).join(' ');
  throw refuse('matrix', `no combination of job \`${id}\` has ${asked}; it has ${have}`, file, at);
}

/** A value of a matrix as `--matrix` spells it. */
export function shownValue(value: Value): string {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : toText(value);
}
