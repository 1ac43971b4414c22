import type { Job } from '../../language/index.ts';
import { sameName } from '../calls/callInputs.ts';
import type { PlanInput } from '../planInput.ts';
import { refuse } from '../refusal.ts';

/** The jobs of the workflow that are wanted, and all that they need. Throws `Refusal` when one is unknown. */
export function selectJobs({ workflow, select }: PlanInput): readonly Job[] {
  const { jobs, file } = workflow;
  if (select === undefined || select.jobs.length === 0) return jobs;
  const named = (name: string) => jobs.find(({ id }) => sameName(id.value, name));
  const selected = new Set<Job>();
  for (const name of select.jobs) {
    const job = named(name);
    if (job === undefined) {
      const at = jobs[0]?.id.at ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
      const ids = jobs.map(({ id }) => id.value).join(', ');
      throw refuse('selection', `there is no job \`${name}\`; there are ${ids}`, file, at);
    }
    selected.add(job);
  }
  for (const { needs } of selected) {
    for (const { value } of needs) {
      const needed = named(value);
      if (needed !== undefined) selected.add(needed);
    }
  }
  return jobs.filter((job) => selected.has(job));
}
