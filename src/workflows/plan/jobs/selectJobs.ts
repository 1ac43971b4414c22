import { sameName } from '../calls/callInputs.ts';
import type { PlannedJob } from '../plan.ts';
import type { PlanInput } from '../planInput.ts';
import { refuse } from '../refusal.ts';

/** The jobs that are wanted, and all that they need. Throws `Refusal` when one is unknown. */
export function selectJobs(
  jobs: readonly PlannedJob[],
  { workflow, select }: PlanInput,
): readonly PlannedJob[] {
  if (select === undefined || select.jobs.length === 0) return jobs;
  const own = jobs.filter(({ call }) => call === null);
  const wanted = select.jobs.map((name) => {
    const job = own.find(({ id }) => sameName(id, name));
    if (job !== undefined) return job;
    const at = workflow.jobs[0]?.id.at ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
    const ids = own.map(({ id }) => id).join(', ');
    throw refuse('selection', `there is no job \`${name}\`; there are ${ids}`, workflow.file, at);
  });
  const selected = new Set(wanted);
  for (const { needs } of selected) for (const job of own) if (needs.includes(job.id)) selected.add(job);
  const paths = new Set([...selected].map(({ path }) => path));
  return jobs.filter(({ path }) => paths.has(path.split('/')[0] ?? path));
}
