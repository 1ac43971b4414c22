import { functionsIn } from '../../expressions/index.ts';
import type { Lineage } from './standing.ts';

const happened = {
  failure: 'failed',
  cancelled: 'was cancelled',
  skipped: 'was skipped',
  success: 'succeeded',
};

/** Why a job is skipped, in words; `condition` beside it says what its `if` was made of. */
export function reasonOf(condition: string | null, { culprit }: Lineage): string {
  if (culprit === null || asksForStatus(condition)) return 'its condition does not hold';
  const { id, conclusion, through } = culprit;
  return `${id}, which it needs${through === null ? '' : ` through ${through}`}, ${happened[conclusion]}`;
}

/** Whether it is skipped because of a job that failed or was cancelled. A need that skipped itself is no such. */
export function isBlocked(condition: string | null, { culprit }: Lineage): boolean {
  return culprit !== null && culprit.conclusion !== 'skipped' && !asksForStatus(condition);
}

/** Whether `success()` is not implied. */
export function asksForStatus(condition: string | null): boolean {
  if (condition === null) return false;
  const template = condition.includes('${{') ? condition : `\${{ ${condition} }}`;
  const called = functionsIn(template);
  return ['always', 'success', 'failure', 'cancelled'].some((name) => called.has(name));
}
