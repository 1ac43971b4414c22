import { ExpressionError, evaluateText } from '../../expressions/index.ts';
import type { Job, PlannedStep } from '../job.ts';
import { contextsOf, evaluating } from './contexts.ts';

/** What people call a step, in one line. A name that cannot be evaluated is shown as it is written. */
export async function nameOf(job: Job, step: PlannedStep): Promise<string> {
  try {
    const contexts = contextsOf(job, step);
    const text = await evaluating(job, step.scope, (functions) =>
      evaluateText(step.name, contexts, functions),
    );
    return text.split(/[\r\n]/)[0] ?? '';
  } catch (error) {
    if (error instanceof ExpressionError) return step.name;
    throw error;
  }
}
