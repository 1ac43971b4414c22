import type { Workflow } from '../../language/index.ts';

/** Whether something in a workflow is written that only a container engine can do, so that one has to be looked for. */
export function wantsEngine({ jobs }: Workflow): boolean {
  return jobs.some((job) => job.kind === 'steps' && (job.container !== null || job.services !== null));
}
