import type { Plan, PlanItem } from '../../contract/provisioning.ts';

/** As many as a person reads; a plan of thousands is known by its numbers. */
const describedItems = 100;

/** A plan in words, for logs and the audit trail: what is done to what, and which values change, none of them. */
export function describePlan(plan: Plan): string[] {
  const lines = plan.items.slice(0, describedItems).map(describeItem);
  const more = plan.items.length - lines.length;
  return more === 0 ? lines : [...lines, `and ${more} more`];
}

const describeItem = ({ action, kind, name, changes }: PlanItem): string =>
  `${action} ${kind} ${name}${changes.length === 0 ? '' : ` (${changes.map((change) => change.field).join(', ')})`}`;
