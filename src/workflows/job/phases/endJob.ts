import { ExpressionError, evaluateText } from '../../expressions/index.ts';
import type { JobResult } from '../../plan/jobSpec.ts';
import type { Job } from '../job.ts';
import { contextsOf, evaluating } from '../steps/contexts.ts';
import { nextOutput } from './jobStep.ts';

/** Ends all that a job left running, and tells what it hands on. */
export async function endJob(job: Job): Promise<JobResult & { detail: string | null; summary: string }> {
  job.stepCount += 1;
  const step = job.stepCount;
  const startedAt = performance.now();
  await job.observer.tell({ kind: 'step_started', step, name: 'Complete job', phase: 'tear-down' });
  const output = nextOutput(job, step);
  const unkilled = await job.place.end();
  await job.group?.remove();
  for (const each of job.lingering) each.close();
  const details: string[] = job.detail === null ? [] : [job.detail];
  if (unkilled.length > 0) details.push(`processes withstood KILL: ${unkilled.join(', ')}`);
  const outputs: Record<string, string> = {};
  const problem = await evaluateOutputs(job, outputs, (name) =>
    output.warn(`output ${name} is not passed on, since it may contain a secret`),
  );
  if (problem !== null) {
    output.error(problem);
    details.push(problem);
    if (job.status === 'success') job.status = 'failure';
  }
  await output.endOfProcess();
  const conclusion = job.detail === null ? job.status : 'failure';
  const ended = problem === null && unkilled.length === 0 ? 'success' : 'failure';
  await job.observer.tell({
    kind: 'step_finished',
    step,
    outcome: ended,
    conclusion: ended,
    detail: ended === 'success' ? null : job.masks.text(details.join('; ')),
    durationMs: Math.round(performance.now() - startedAt),
  });
  const detail = details.length === 0 ? null : job.masks.text(details.join('; '));
  return { conclusion, outputs, detail, summary: job.summary };
}

async function evaluateOutputs(job: Job, outputs: Record<string, string>, withhold: (name: string) => void) {
  const step = { scope: job.scope, action: '', repository: '', ref: '' };
  try {
    for (const { name, text } of job.spec.outputs) {
      const value = await evaluating(job, job.scope, (functions) =>
        evaluateText(text.value, contextsOf(job, step), functions),
      );
      if (value !== job.masks.text(value)) withhold(name.value);
      else if (value !== '') outputs[name.value] = value;
    }
    return null;
  } catch (error) {
    if (error instanceof ExpressionError)
      return `the outputs of the job could not be evaluated: ${error.message}`;
    throw error;
  }
}
