import type { Check } from '../../../contract/repositories.ts';

/** The mark of a check: one that is not green and has ended did not pass, whatever it calls that. */
export function markOfCheck({ status, conclusion, green }: Pick<Check, 'status' | 'conclusion' | 'green'>) {
  if (status !== 'completed') return 'checks_pending' as const;
  if (conclusion === 'skipped') return green ? ('skipped' as const) : ('blocked' as const);
  return green ? ('checks_passed' as const) : ('checks_failed' as const);
}

/** A check in one word. */
export function wordOfCheck({
  status,
  conclusion,
  green,
}: Pick<Check, 'status' | 'conclusion' | 'green'>): string {
  if (status !== 'completed') return status === 'queued' ? 'Queued' : 'Running';
  return conclusion === 'skipped' && !green ? 'Blocked' : words[conclusion ?? 'failure'];
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

/** Checks under the workflows whose jobs report them; those of others come last, under an empty name. */
export function byWorkflow(checks: readonly Check[]): readonly (readonly [string, readonly Check[]])[] {
  return [...Map.groupBy(checks, ({ workflow }) => workflow ?? '')].sort(([a], [b]) =>
    a === '' ? 1 : b === '' ? -1 : a.localeCompare(b),
  );
}
