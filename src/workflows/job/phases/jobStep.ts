import type { StepPhase } from '../../run/events.ts';
import { createLineCommands } from '../commands/lineCommands.ts';
import type { Job, PlannedStep } from '../job.ts';
import { StepOutput } from '../output/stepOutput.ts';
import { nameOf } from '../steps/nameOf.ts';
import { performStep } from '../steps/performStep.ts';

/** The output of the next step of a job; what lies in `job` of it must be there already. */
export function nextOutput(
  job: Pick<Job, 'observer' | 'masks' | 'budget' | 'commands'>,
  step: number,
): StepOutput {
  return new StepOutput({
    step,
    observer: job.observer,
    masks: job.masks,
    budget: job.budget,
    reader: (output) => createLineCommands(job.commands, output),
  });
}

/** Runs a step of the job itself, tells of it, and lets its failure be the job's. */
export async function runJobStep(job: Job, step: PlannedStep): Promise<void> {
  job.stepCount += 1;
  const number = job.stepCount;
  const name = job.masks.text(await nameOf(job, step));
  const { observer } = job;
  const phase: StepPhase = step.phase;
  const startedAt = performance.now();
  let begun: StepOutput | undefined;
  const performed = await performStep(job, step, {
    parent: null,
    skip: (shown) =>
      observer.tell({
        kind: 'step_skipped',
        step: number,
        name,
        phase,
        condition: shown === null ? null : job.masks.text(shown),
      }),
    begin: async () => {
      await observer.tell({ kind: 'step_started', step: number, name, phase });
      begun = nextOutput(job, number);
      return begun;
    },
  });
  const { outcome, conclusion, detail } = performed;
  if (begun === undefined) return;
  await begun.endOfProcess();
  if (conclusion === 'failure') {
    if (job.status === 'success') job.status = 'failure';
    job.scope.status = 'failure';
  }
  await observer.tell({
    kind: 'step_finished',
    step: number,
    outcome,
    conclusion,
    detail: detail === null ? null : job.masks.text(detail),
    durationMs: Math.round(performance.now() - startedAt),
  });
}
