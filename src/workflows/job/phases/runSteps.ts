import { planPre } from '../actions/useAction.ts';
import type { Job } from '../job.ts';
import { planStep } from '../steps/planSteps.ts';
import { runJobStep } from './jobStep.ts';

/** Runs what comes before the steps, the steps, and what they left to be done in the end, the last of it first. */
export async function runSteps(job: Job): Promise<void> {
  const { steps } = job.spec;
  const planned = steps.map((step, index) => planStep(job, step, job.scope, index));
  const pre = planned.flatMap((step, index) => {
    const does = steps[index]?.does;
    return does?.kind === 'uses' ? planPre(job, step, does, planStep) : [];
  });
  for (const step of [...pre, ...planned]) {
    if (job.host.kill?.aborted) return;
    await runJobStep(job, step);
  }
  for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) {
    if (job.host.kill?.aborted) return;
    await runJobStep(job, post);
  }
}
