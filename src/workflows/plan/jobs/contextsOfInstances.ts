import type { Contexts } from '../../expressions/index.ts';
import type { Combination, PlannedJob } from '../plan.ts';

/** What each job of a matrix may read, as far as it is known by now. */
export function contextsOfInstances({ matrix }: PlannedJob, known: Contexts): Contexts[] {
  if (matrix.kind === 'deferred') return [known];
  if (matrix.kind === 'none') return [{ ...known, matrix: null }];
  return matrix.combinations.map((combination) => contextsOfCombination(combination, known));
}

export const contextsOfCombination = ({ values }: Combination, known: Contexts): Contexts => ({
  ...known,
  matrix: values,
});
