import { AppError } from '../../../platform/errors.ts';
import {
  ExpressionError,
  evaluateCondition,
  evaluateTemplate,
  evaluateText,
} from '../../expressions/index.ts';
import type { Conclusion } from '../../plan/jobSpec.ts';
import type { Execution, Job, PlannedStep } from '../job.ts';
import type { StepOutput } from '../output/stepOutput.ts';
import { contextsOf, evaluateEnv, evaluating } from './contexts.ts';
import { StepControl } from './stepControl.ts';

/** How a step ended, before and after `continue-on-error`. */
export interface Performed {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly detail: string | null;
}

/** What a step does with what it tells: a step of the job has a place in the log, one of an action has its caller's. */
export interface Stage {
  /** The step it stands in. */
  readonly parent: StepControl | null;
  readonly skip: (shown: string | null) => Promise<void> | void;
  readonly begin: () => Promise<StepOutput> | StepOutput;
}

/** Runs a step if its condition holds, and keeps its record for expressions. Rejects only when nobody listens any more. */
export async function performStep(job: Job, step: PlannedStep, stage: Stage): Promise<Performed> {
  const outputs: Record<string, string> = {};
  const performed = await attempt(job, step, stage, outputs);
  if (step.id !== null && step.phase === 'main') {
    const { outcome, conclusion } = performed;
    step.scope.steps[step.id] = { outputs, outcome, conclusion };
  }
  return performed;
}

async function attempt(
  job: Job,
  step: PlannedStep,
  stage: Stage,
  outputs: Record<string, string>,
): Promise<Performed> {
  const env: Record<string, string> = {};
  // What an action does before and after all steps goes by the job, wherever it is used.
  const statusScope = step.phase === 'main' ? step.scope : job.scope;
  const holds = async () => {
    const contexts = contextsOf(job, step, env);
    return evaluating(job, statusScope, (functions) =>
      evaluateCondition(step.condition, contexts, functions),
    );
  };
  const problem = await problemOf(async () => {
    await evaluateEnv(job, step, env);
  }, 'env');
  const condition = problem ?? (await problemOf(holds, 'if'));
  if (typeof condition !== 'string' && !condition.holds) {
    await stage.skip(condition.shown ?? `success() (job.status: '${job.status}')`);
    return { outcome: 'skipped', conclusion: 'skipped', detail: null };
  }
  const output = await stage.begin();
  if (typeof condition === 'string') return failed(output, condition);
  const holdsStill = () =>
    holds().then(
      (again) => again.holds,
      () => false,
    );
  const control = stage.parent?.child(holdsStill) ?? new StepControl(holdsStill);
  const ended = await execute(job, step, { env, outputs, output, control });
  return afterContinueOnError(job, step, env, ended);
}

async function execute(
  job: Job,
  step: PlannedStep,
  run: {
    env: Record<string, string>;
    outputs: Record<string, string>;
    output: StepOutput;
    control: StepControl;
  },
): Promise<Execution> {
  const { control } = run;
  const minutes = await problemOf(() => timeoutOf(job, step, run.env), 'timeout-minutes');
  if (typeof minutes === 'string') return failed(run.output, minutes);
  const timer =
    minutes > 0
      ? setTimeout(() => control.stopBecause({ kind: 'timed_out', minutes }), clamp(minutes))
      : undefined;
  job.running.add(control);
  try {
    return await step.execute({ job, step, ...run });
  } catch (error) {
    if (!(error instanceof AppError || error instanceof ExpressionError)) throw error;
    return failed(run.output, error.message);
  } finally {
    job.running.delete(control);
    clearTimeout(timer);
  }
}

const clamp = (minutes: number) => Math.min(2 ** 31 - 1, minutes * 60_000);

async function timeoutOf(job: Job, step: PlannedStep, env: Record<string, string>): Promise<number> {
  if (step.timeoutMinutes === null) return 0;
  const text = step.timeoutMinutes.value;
  const value = await evaluating(job, step.scope, (functions) =>
    evaluateTemplate(text, contextsOf(job, step, env), functions),
  );
  const minutes = Number(value);
  if (Number.isFinite(minutes) && minutes >= 0) return minutes;
  throw new AppError('invalid_input', `${JSON.stringify(value)} is no number of minutes`);
}

async function afterContinueOnError(
  job: Job,
  step: PlannedStep,
  env: Record<string, string>,
  { conclusion: outcome, detail }: Execution,
): Promise<Performed> {
  if (outcome !== 'failure' || step.continueOnError === null) return { outcome, conclusion: outcome, detail };
  const text = step.continueOnError.value;
  const value = await problemOf(
    () =>
      evaluating(job, step.scope, (functions) => evaluateText(text, contextsOf(job, step, env), functions)),
    'continue-on-error',
  );
  return { outcome, conclusion: value === 'true' ? 'success' : 'failure', detail };
}

function failed(
  output: StepOutput,
  message: string,
): { outcome: 'failure'; conclusion: 'failure'; detail: string } {
  output.error(message);
  return { outcome: 'failure', conclusion: 'failure', detail: message };
}

/** What was wrong with what the key says, or the answer. */
async function problemOf<T>(work: () => Promise<T>, key: string): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof AppError) return `${key}: ${error.message}`;
    throw error;
  }
}
