import type { Workflow } from '../../language/index.ts';
import type { WorkflowEvent } from '../events/workflowEvent.ts';
import { whyNotStarted } from './whyNotStarted.ts';

/** Whether an event starts a workflow; null as the reason when it does. */
export interface TriggerAnswer {
  readonly workflow: Workflow;
  readonly whyNot: string | null;
}

/** What an event makes of each workflow of a repository, in their order. */
export function listTriggered(workflows: readonly Workflow[], event: WorkflowEvent): TriggerAnswer[] {
  return workflows.map((workflow) => ({ workflow, whyNot: whyNotStarted(workflow, event) }));
}
