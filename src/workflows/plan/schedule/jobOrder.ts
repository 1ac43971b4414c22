import type { Plan, PlannedJob } from '../plan.ts';

const known = new WeakMap<Plan, ReadonlyMap<string | null, readonly PlannedJob[]>>();

/** The jobs of a plan by the path of the call that they belong to; each stands after those that it needs. */
export function jobsByCall(plan: Plan): ReadonlyMap<string | null, readonly PlannedJob[]> {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const groups = Map.groupBy(plan.jobs, ({ call }) => call);
  const ordered = new Map([...groups].map(([call, jobs]) => [call, inOrderOfNeeds(jobs)]));
  known.set(plan, ordered);
  return ordered;
}

/** By Kahn's algorithm, else in the order of the file. What is in a cycle, or needs what is, is left out. */
export function inOrderOfNeeds<J extends { readonly id: string; readonly needs: readonly string[] }>(
  jobs: readonly J[],
): J[] {
  const missing = new Map(jobs.map(({ id, needs }) => [id, new Set(needs).size]));
  const neededBy = Map.groupBy(
    jobs.flatMap((job) => [...new Set(job.needs)].map((need) => ({ need, job }))),
    ({ need }) => need,
  );
  const order = jobs.filter(({ needs }) => needs.length === 0);
  for (const { id } of order) {
    for (const { job } of neededBy.get(id) ?? []) {
      const left = (missing.get(job.id) ?? 0) - 1;
      missing.set(job.id, left);
      if (left === 0) order.push(job);
    }
  }
  return order;
}
