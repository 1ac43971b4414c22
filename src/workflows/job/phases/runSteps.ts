import { planPre } from '../actions/planPre.ts';
import type { Job } from '../job.ts';
import { planStep } from '../steps/planSteps.ts';
import { runJobStep } from './jobStep.ts';

/** Runs what comes before the steps, the steps, and what they left to be done in the end, the last of it first. */
export async function runSteps(job: Job): Promise<void> {
  const { steps } = job.spec;
  const planned = steps.map((step, index) => planStep(job, step, job.scope, index));
  for (const [index, step] of planned.entries()) {
    const does = steps[index]?.does;
    if (does?.kind !== 'uses') continue;
    for await (const pre of planPre(job, step, does, planStep)) {
      if (job.host.kill?.aborted) return;
      await runJobStep(job, pre);
    }
  }
  for (const step of planned) {
    if (job.host.kill?.aborted) return;
    await runJobStep(job, step);
  }
  for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) {
    if (job.host.kill?.aborted) return;
    await runJobStep(job, post);
  }
}
