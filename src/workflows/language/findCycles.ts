import type { Job } from './model.ts';
import type { Report } from './schema/validate.ts';

/** Jobs that wait for themselves, in the order in which they wait: each circle once. */
export function findCycles(jobs: readonly Job[]): Report[] {
  const byId = new Map(jobs.map((job) => [job.id.value.toLowerCase(), job]));
  const done = new Set<Job>();
  const reports: Report[] = [];
  for (const start of jobs) {
    // A stack of its own: as many jobs may wait in a row as a file holds.
    const path: { job: Job; next: number }[] = [];
    const open = new Map<Job, number>();
    const enter = (job: Job) => {
      open.set(job, path.length);
      path.push({ job, next: 0 });
    };
    if (!done.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.job.needs[top.next];
      top.next += 1;
      if (need === undefined) {
        path.pop();
        open.delete(top.job);
        done.add(top.job);
        continue;
      }
      const needed = byId.get(need.value.toLowerCase());
      if (needed === undefined || done.has(needed)) continue;
      const from = open.get(needed);
      if (from === undefined) enter(needed);
      else
        reports.push({
          rule: 'needs-cycle',
          message: describe(path.slice(from).map(({ job }) => job)),
          at: need.at,
        });
    }
  }
  return reports;
}

function describe(circle: readonly Job[]): string {
  const [first, ...others] = circle.map((job) => `\`${job.id.value}\``);
  if (others.length === 0) return `job ${first} needs itself`;
  return `these jobs wait for each other in a circle: ${[first, ...others, first].join(' needs ')}`;
}
