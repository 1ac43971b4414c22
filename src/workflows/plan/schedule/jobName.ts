import { hasExpression } from '../../expressions/index.ts';
import { type Evaluation, textOf } from '../evaluation.ts';
import type { Combination, PlannedJob } from '../plan.ts';
import type { Scope } from './walk.ts';

const maxLength = 100;

/**
 * The name that people see. One without an expression is followed by the values of the matrix in parentheses.
 * Throws `Refusal`.
 */
export function nameOfInstance(
  job: PlannedJob,
  scope: Scope,
  combination: Combination | null,
  evaluation: Evaluation,
): string {
  const written = job.name === null || !hasExpression(job.name.value) ? '' : textOf(job.name, evaluation);
  return `${scope.namePrefix}${written === '' ? defaultName(job, combination) : written}`;
}

/** The name of a job that was skipped before its matrix was looked at. */
export function nameOfWhole(job: PlannedJob, scope: Scope): string {
  return `${scope.namePrefix}${job.name?.value ?? job.id}`;
}

function defaultName(job: PlannedJob, combination: Combination | null): string {
  const own =
    job.name === null || job.name.value === '' || hasExpression(job.name.value) ? job.id : job.name.value;
  const name = combination === null || combination.label === '' ? own : `${own} (${combination.label})`;
  return name.length > maxLength ? `${name.slice(0, maxLength - 3)}...` : name;
}
