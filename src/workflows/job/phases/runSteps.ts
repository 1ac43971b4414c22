import type { Job } from '../job.ts';
import { planStep } from '../steps/planSteps.ts';
import { runJobStep } from './jobStep.ts';

/** Runs what comes before the steps, the steps, and what they left to be done in the end, the last of it first. */
export async function runSteps(job: Job): Promise<void> {
  const planned = job.spec.steps.map((step) => planStep(step, job.scope));
  for (const step of planned) {
    if (job.host.kill?.aborted) return;
    await runJobStep(job, step);
  }
  for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) {
    if (job.host.kill?.aborted) return;
    await runJobStep(job, post);
  }
}
