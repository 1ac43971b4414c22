import { hasExpression } from '../expressions/index.ts';
import type { Concurrency } from '../language/index.ts';
import { booleanOf, type Evaluation, textOf } from './evaluation.ts';
import type { PlannedConcurrency } from './plan.ts';
import { refuse } from './refusal.ts';

/**
 * The group that a `concurrency:` names, evaluated. `enclosing`: groups that are held already for what this is a part
 * of; to wait for one of them would be to wait for itself. Throws `Refusal`.
 */
export function concurrencyOf(
  concurrency: Concurrency | null,
  evaluation: Evaluation,
  enclosing: readonly PlannedConcurrency[] = [],
): PlannedConcurrency | null {
  if (concurrency === null) return null;
  const { group, cancelInProgress, queue } = concurrency;
  const stop = (message: string) => refuse('concurrency', message, evaluation.file, group.at);
  const name = textOf(group, evaluation);
  if (name === '') {
    const why = hasExpression(group.value) ? ': its expression yields nothing' : '';
    throw stop(`the name of a concurrency group is empty${why}`);
  }
  if (enclosing.some((held) => sameGroup(held.group, name)))
    throw stop(
      `the run or the call that this is a part of has the concurrency group ${name}, and it would wait for itself`,
    );
  const cancels = booleanOf('cancel-in-progress', cancelInProgress, false, evaluation);
  if (cancels && queue === 'max')
    throw stop(
      'a group with `queue: max` lets each wait for its turn, and so cannot have `cancel-in-progress`',
    );
  return { group: name, cancelInProgress: cancels, queue };
}

/** Names of groups are compared without case. */
export function sameGroup(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
