import { type Contexts, contextsIn } from '../../expressions/index.ts';
import type { Concurrency } from '../../language/index.ts';
import { concurrencyOf } from '../concurrency.ts';
import type { PlannedConcurrency } from '../plan.ts';

/**
 * The groups that are held for what a `concurrency:` is a part of, and its own, as far as it is known by now. Throws
 * `Refusal` when it would wait for itself.
 */
export function withKnownGroup(
  held: readonly PlannedConcurrency[],
  concurrency: Concurrency | null,
  file: string,
  contexts: Contexts,
): readonly PlannedConcurrency[] {
  if (concurrency === null) return held;
  const { group, cancelInProgress } = concurrency;
  const read = [group, cancelInProgress].flatMap((text) =>
    text === null ? [] : [...contextsIn(text.value)],
  );
  if (read.some((context) => !(context in contexts))) return held;
  const own = concurrencyOf(concurrency, { file, contexts }, held);
  return own === null ? held : [...held, own];
}
