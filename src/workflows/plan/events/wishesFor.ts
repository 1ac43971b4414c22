import type { Workflow } from '../../language/index.ts';
import { likelyActivity } from './activities.ts';
import type { EventWishes } from './synthesize.ts';

/** The event of its name that starts a workflow, when somebody just names it: its first type, cron, workflow. */
export function wishesFor({ on }: Workflow, event: string): EventWishes {
  const trigger = on.find(({ event: { value } }) => value === event);
  return {
    activity: trigger?.types?.[0]?.value ?? likelyActivity(event),
    cron: trigger?.crons[0]?.cron.value ?? null,
    workflow: trigger?.workflows?.[0]?.value ?? null,
  };
}
