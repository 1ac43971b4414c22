import type { Check } from '../../../contract/repositories.ts';
import { isGreen } from '../../../contract/states.ts';

/** The mark of a check: one that is not green and has ended did not pass, whatever it calls that. */
export function markOfCheck({ status, conclusion }: Pick<Check, 'status' | 'conclusion'>) {
  if (status !== 'completed') return 'checks_pending' as const;
  if (conclusion === 'skipped') return 'skipped' as const;
  return isGreen(conclusion) ? ('checks_passed' as const) : ('checks_failed' as const);
}

/** A check in one word. */
export function wordOfCheck({ status, conclusion }: Pick<Check, 'status' | 'conclusion'>): string {
  if (status !== 'completed') return status === 'queued' ? 'Queued' : 'Running';
  return words[conclusion ?? 'failure'];
}

const words: Record<NonNullable<Check['conclusion']>, string> = {
  success: 'Passed',
  failure: 'Failed',
  neutral: 'Neutral',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  timed_out: 'Timed out',
  action_required: 'Needs an action',
};
