import type { FoundAction } from '../../actions/index.ts';
import { ExpressionError } from '../../expressions/index.ts';
import type { UseAction } from '../../language/model.ts';
import type { Job, PlannedStep, PlanStep, Scope } from '../job.ts';
import { evaluateEnv } from '../steps/contexts.ts';
import { evaluateInputs } from './inputs.ts';
import { isLocal } from './resolveActions.ts';
import { runNode } from './runNode.ts';
import { scopeOf } from './useAction.ts';

/**
 * The `pre` of the actions that a step uses, in their order, each planned when those before it have run: they run
 * before all steps. Those of actions in the workspace do not, since a step may put them there first.
 */
export async function* planPre(
  job: Job,
  step: PlannedStep,
  does: UseAction,
  planStep: PlanStep,
): AsyncGenerator<PlannedStep> {
  const uses = does.uses.value;
  const found = isLocal(uses) ? undefined : job.actions.get(uses);
  const runs = found?.definition.runs;
  if (found === undefined || runs === undefined) return;
  if (runs.kind === 'composite') {
    const scope = await scopeBefore(job, step, does, found);
    if (scope === null) return;
    for (const [index, inner] of runs.steps.entries())
      if (inner.does.kind === 'uses')
        yield* planPre(job, planStep(job, inner, scope, index), inner.does, planStep);
  }
  if (runs.kind !== 'node' || runs.pre === null) return;
  const { pre } = runs;
  yield {
    ...step,
    phase: 'pre',
    name: `Pre ${step.name}`,
    condition: runs.preIf ?? 'always()',
    execute: async (run) =>
      runNode(run, { found, runs, inputs: await evaluateInputs(run, does.with, found.definition) }, pre),
  };
}

/** What the steps of a composite action see before all steps; null when what it is given cannot be known yet: its main part says why. */
async function scopeBefore(
  job: Job,
  step: PlannedStep,
  does: UseAction,
  found: FoundAction,
): Promise<Scope | null> {
  const env: Record<string, string> = {};
  try {
    await evaluateEnv(job, step, env);
    const run = { job, step: { ...step, phase: 'pre' }, env, output: null } as const;
    return scopeOf(
      { step, env },
      does.uses.value,
      found,
      await evaluateInputs(run, does.with, found.definition),
    );
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}
