import { type Plan, type PlanAction, type PlanItem, planActions } from '../../contract/provisioning.ts';

/** How many items of each action there are. */
export function countActions(items: readonly PlanItem[]): Plan['counts'] {
  const counts = Object.fromEntries(planActions.map((action) => [action, 0])) as Record<PlanAction, number>;
  for (const { action } of items) counts[action] += 1;
  return counts;
}
