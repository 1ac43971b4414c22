import type { FoundAction } from '../../actions/index.ts';
import { evaluateText } from '../../expressions/index.ts';
import type { CompositeRuns } from '../../language/model.ts';
import type { Execution, PlanStep, Scope, StepRun } from '../job.ts';
import { contextsOf, evaluating } from '../steps/contexts.ts';
import { nameOf } from '../steps/nameOf.ts';
import { performStep } from '../steps/performStep.ts';
import { describeStop } from '../steps/stepControl.ts';

/** Runs the steps of a composite action in its own scope; what they write goes where its caller writes. */
export async function runComposite(
  run: StepRun,
  found: FoundAction,
  runs: CompositeRuns,
  scope: Scope,
  planStep: PlanStep,
): Promise<Execution> {
  const { job, control, output } = run;
  let detail: string | null = null;
  let cancelled = false;
  for (const [index, step] of runs.steps.entries()) {
    if (job.host.kill?.aborted || (control.reason !== null && control.reason.kind !== 'cancelled')) break;
    const planned = planStep(job, step, scope, index);
    const performed = await performStep(job, planned, {
      parent: control,
      skip: () => undefined,
      begin: () => output,
    });
    if (performed.conclusion === 'cancelled') cancelled = true;
    if (performed.conclusion !== 'failure') continue;
    scope.status = 'failure';
    detail ??= `${await nameOf(job, planned)}: ${performed.detail}`;
  }
  await takeOutputs(run, found, scope);
  if (control.reason !== null)
    return {
      conclusion: control.reason.kind === 'cancelled' ? 'cancelled' : 'failure',
      detail: describeStop(control.reason),
    };
  if (cancelled) return { conclusion: 'cancelled', detail: 'cancelled' };
  return { conclusion: scope.status, detail };
}

async function takeOutputs(
  { job, step, outputs }: StepRun,
  { definition }: FoundAction,
  scope: Scope,
): Promise<void> {
  const contexts = contextsOf(job, { ...step, scope });
  for (const { name, value } of definition.outputs) {
    if (value === null) continue;
    outputs[name.value] = await evaluating(job, scope, (functions) =>
      evaluateText(value.value, contexts, functions),
    );
  }
}
