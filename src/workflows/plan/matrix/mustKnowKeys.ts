import { suggestion } from '../../../platform/text/nearest.ts';
import type { PlannedJob } from '../plan.ts';
import type { PlanInput } from '../planInput.ts';
import { refuse } from '../refusal.ts';

/**
 * A key of the selection that no matrix has would select all. Throws `Refusal`, unless there is a matrix that only
 * results can tell.
 */
export function mustKnowKeys({ workflow, select }: PlanInput, jobs: readonly PlannedJob[]): void {
  const [first] = workflow.jobs;
  if (first === undefined || jobs.some(({ matrix }) => matrix.kind === 'deferred')) return;
  const combinations = jobs.flatMap(({ matrix }) =>
    matrix.kind === 'combinations' ? matrix.combinations : [],
  );
  const known = new Set(combinations.flatMap(({ values }) => Object.keys(values)));
  for (const key of Object.keys(select?.matrix ?? {})) {
    if (known.has(key)) continue;
    const hint = suggestion(key, [...known], '; there is none');
    throw refuse('matrix', `no matrix has the key \`${key}\`${hint}`, workflow.file, first.id.at);
  }
}
