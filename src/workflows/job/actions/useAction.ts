import { AppError } from '../../../platform/errors.ts';
import type { FoundAction } from '../../actions/index.ts';
import type { UseAction } from '../../language/model.ts';
import type { Execution, Job, PlanStep, Scope, StepRun } from '../job.ts';
import { evaluateInputs } from './inputs.ts';
import { extendChain } from './resolveActions.ts';
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
      throw new AppError('unavailable', `${uses} is a docker action, and those do not run here`);
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
