import type { GateReason, Why } from '../../contract/deploys.ts';
import type { Output } from '../output/output.ts';
import { withLocalTimes, writeDuration } from '../output/time.ts';

/** Why a deploy waits: a line a reason in their order, each with who or what clears it. */
export function waitingLines(why: Pick<Why, 'reasons' | 'estimate_seconds'>, out: Output): string[] {
  const lines = why.reasons.flatMap((reason, index) => reasonLines(reason, index, out));
  if (lines.length === 0) return [out.paint('dim', '  nothing is in the way: it starts in a moment')];
  if (why.estimate_seconds !== null && why.estimate_seconds > 0) {
    lines.push(out.paint('dim', `  starts in about ${writeDuration(why.estimate_seconds)}`));
  }
  return lines;
}

/** One reason: what is in the way, who or what clears it, and the command that does. */
export function reasonLines(reason: GateReason, index: number, out: Output): string[] {
  const indent = ' '.repeat(5);
  return [
    `  ${index + 1}. ${withLocalTimes(reason.message)}`,
    `${indent}${out.paint('dim', `cleared by: ${reason.cleared_by}`)}`,
    ...(reason.action === null ? [] : [`${indent}${out.paint('cyan', reason.action)}`]),
    ...(reason.skippable ? [`${indent}${out.paint('dim', 'or skipped: deploy with --force REASON')}`] : []),
  ];
}

const blocking: readonly GateReason['code'][] = [
  'held',
  'locked',
  'check_missing',
  'check_pending',
  'check_failed',
];

/** Whether somebody must act before it can start: a lock, a check or a hold, and not only other deploys. */
export const isBlocked = (reasons: readonly GateReason[]): boolean =>
  reasons.some((reason) => blocking.includes(reason.code));
