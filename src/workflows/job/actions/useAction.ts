import { AppError } from '../../../platform/errors.ts';
import type { FoundAction } from '../../actions/index.ts';
import type { UseAction } from '../../language/model.ts';
import type { Execution, Job, PlannedStep, PlanStep, Scope, StepRun } from '../job.ts';
import { evaluateInputs } from './inputs.ts';
import { extendChain, isLocal } from './resolveActions.ts';
import { runComposite } from './runComposite.ts';
import { runNode } from './runNode.ts';

/** Runs the main part of the action that a step uses, and has its `post` run in the end. */
export async function useAction(run: StepRun, does: UseAction, planStep: PlanStep): Promise<Execution> {
  const { job, step } = run;
  const uses = does.uses.value;
  const found = await findAction(job, uses);
  const inputs = await evaluateInputs(run, does.with, found.definition);
  const { runs } = found.definition;
  switch (runs.kind) {
    case 'composite':
      return runComposite(run, found, runs, scopeOf(run, uses, found, inputs), planStep);
    case 'node': {
      const action = { found, runs, inputs };
      const { post } = runs;
      if (post !== null)
        job.posts.push({
          ...step,
          phase: 'post',
          name: `Post ${step.name}`,
          condition: runs.postIf ?? 'always()',
          execute: (postRun) => runNode(postRun, action, post),
        });
      return runNode(run, action, runs.main);
    }
    case 'docker':
      throw new AppError(
        'unavailable',
        `${uses} runs in a container, which needs a container engine; this does not use one`,
      );
  }
}

async function findAction(job: Job, uses: string): Promise<FoundAction> {
  return job.actions.get(uses) ?? (await job.host.actions.find(uses, job.host.directories.workspace));
}

/** The scope of the steps of a composite action. */
export function scopeOf(
  { step, env }: Pick<StepRun, 'step' | 'env'>,
  uses: string,
  { directory }: FoundAction,
  inputs: Readonly<Record<string, string>>,
): Scope {
  const { scope } = step;
  return {
    key: step.key,
    steps: {},
    inputs,
    env: { ...scope.env, ...env },
    action: { chain: extendChain(scope.action?.chain ?? [], uses), directory },
    defaults: null,
    status: 'success',
    names: new Map(),
  };
}

/**
 * The `pre` of the actions that a step uses, in their order: they run before all steps. Those of actions in the
 * workspace do not, since a step may put them there first.
 */
export function planPre(job: Job, step: PlannedStep, does: UseAction, planStep: PlanStep): PlannedStep[] {
  const uses = does.uses.value;
  const found = isLocal(uses) ? undefined : job.actions.get(uses);
  const runs = found?.definition.runs;
  if (found === undefined || runs === undefined) return [];
  if (runs.kind === 'composite') {
    const scope = scopeOf({ step, env: {} }, uses, found, {});
    return runs.steps.flatMap((inner, index) =>
      inner.does.kind === 'uses'
        ? planPre(job, planStep(job, inner, scope, index), inner.does, planStep)
        : [],
    );
  }
  if (runs.kind !== 'node' || runs.pre === null) return [];
  const { pre } = runs;
  return [
    {
      ...step,
      phase: 'pre',
      name: `Pre ${step.name}`,
      condition: runs.preIf ?? 'always()',
      execute: async (run) =>
        runNode(run, { found, runs, inputs: await evaluateInputs(run, does.with, found.definition) }, pre),
    },
  ];
}
