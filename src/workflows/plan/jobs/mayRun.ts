import {
  type Contexts,
  contextsIn,
  ExpressionError,
  evaluateCondition,
  functionsIn,
  hasExpression,
} from '../../expressions/index.ts';
import type { Job, Template } from '../../language/index.ts';
import { inOrderOfNeeds } from '../schedule/jobOrder.ts';
import { asksForStatus } from '../schedule/skipReason.ts';

/**
 * The ids of the jobs that may run, whatever results the others have: what is left out is skipped for certain, so
 * that it need not fit this machine.
 */
export function idsThatMayRun(
  jobs: readonly Job[],
  needsOf: (job: Job) => readonly string[],
  contexts: Contexts,
): Set<string> {
  const nodes = jobs.map((job) => ({ id: job.id.value, needs: needsOf(job), job }));
  const skipped = new Set<string>();
  for (const { id, needs, job } of inOrderOfNeeds(nodes)) {
    const needsSkipped = needs.some((need) => skipped.has(need));
    if (!mayRun(job.if?.value ?? null, needs.length > 0, needsSkipped, contexts)) skipped.add(id);
  }
  return new Set(jobs.map(({ id }) => id.value).filter((id) => !skipped.has(id)));
}

/** Whether a step runs for certain when nothing fails before it; what depends on results does not. */
export function runsIfAllGoesWell(condition: Template | null, contexts: Contexts): boolean {
  if (condition === null) return true;
  if (!isKnown(condition.value, contexts)) return false;
  return holdsAt(condition.value, [true, false, false], contexts);
}

/** What a job may find when it is asked: [success(), failure(), cancelled()]. */
type Moment = readonly [boolean, boolean, boolean];

function mayRun(
  condition: string | null,
  hasNeeds: boolean,
  needsSkipped: boolean,
  contexts: Contexts,
): boolean {
  if (needsSkipped && !asksForStatus(condition)) return false;
  if (condition !== null && !isKnown(condition, contexts)) return true;
  return moments(hasNeeds, needsSkipped).some((moment) => holdsAt(condition, moment, contexts));
}

function isKnown(condition: string, contexts: Contexts): boolean {
  const template = hasExpression(condition) ? condition : `\${{ ${condition} }}`;
  for (const name of contextsIn(template)) if (!(name in contexts)) return false;
  return !functionsIn(template).has('hashfiles');
}

function moments(hasNeeds: boolean, needsSkipped: boolean): Moment[] {
  const cancelled: Moment = [false, false, true];
  if (!hasNeeds) return [[true, false, false], cancelled];
  const later: Moment[] = [[false, true, false], [false, false, false], cancelled];
  return needsSkipped ? later : [[true, false, false], ...later];
}

/** What cannot be evaluated may run: it is told then. */
function holdsAt(
  condition: string | null,
  [success, failure, cancelled]: Moment,
  contexts: Contexts,
): boolean {
  const functions = {
    success: () => success,
    failure: () => failure,
    cancelled: () => cancelled,
    always: () => true,
  };
  try {
    return evaluateCondition(condition, contexts, functions).holds;
  } catch (error) {
    if (error instanceof ExpressionError) return true;
    throw error;
  }
}
