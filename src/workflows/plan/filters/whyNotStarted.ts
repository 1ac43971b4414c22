import type { Trigger, Workflow } from '../../language/index.ts';
import { defaultActivities } from '../events/activities.ts';
import { dig, digText } from '../events/payload.ts';
import type { WorkflowEvent } from '../events/workflowEvent.ts';
import { linesOf } from './lines.ts';
import { pathFilterReason } from './pathFilters.ts';
import { refFilterReason } from './refFilters.ts';
import { skipMark } from './skipMark.ts';

/** Why an event does not start a workflow, in words; null when it does. */
export function whyNotStarted(workflow: Workflow, event: WorkflowEvent): string | null {
  const trigger = workflow.on.find(({ event: { value } }) => value === event.name);
  if (trigger === undefined) return `it does not start on ${event.name}, but on ${listOf(workflow.on)}`;
  return wholeEventReason(event) ?? filterReason(trigger, event);
}

function wholeEventReason(event: WorkflowEvent): string | null {
  if (event.name === 'push' && dig(event.payload, 'deleted') === true)
    return 'the push deletes its branch or tag';
  const mark = skipMark(event);
  return mark === null ? null : `the commit's message says ${mark}`;
}

function filterReason(trigger: Trigger, event: WorkflowEvent): string | null {
  return (
    activityReason(trigger, event) ??
    cronReason(trigger, event) ??
    sourceWorkflowReason(trigger, event) ??
    refFilterReason(trigger, event) ??
    pathFilterReason(trigger, event)
  );
}

function activityReason(
  { event: { value: name }, types }: Trigger,
  { activity }: WorkflowEvent,
): string | null {
  if (activity === null) return null;
  if (types !== null) {
    if (types.length === 0 || types.some(({ value }) => value === activity)) return null;
    return `${name} ${activity}: not among its types (${linesOf(types)})`;
  }
  const starting = defaultActivities(name);
  if (starting === null || starting.includes(activity)) return null;
  return `${name} ${activity}: without types it starts on ${starting.join(', ')} only`;
}

function cronReason({ crons }: Trigger, event: WorkflowEvent): string | null {
  const schedule = digText(event.payload, 'schedule');
  if (event.name !== 'schedule' || schedule === '') return null;
  if (crons.some(({ cron }) => cron.value === schedule)) return null;
  return `schedule ${schedule}: not among its crons (${linesOf(crons.map(({ cron }) => cron))})`;
}

function sourceWorkflowReason({ workflows }: Trigger, event: WorkflowEvent): string | null {
  const name = digText(event.payload, 'workflow_run', 'name') || digText(event.payload, 'workflow', 'name');
  if (event.name !== 'workflow_run' || workflows === null || name === '') return null;
  if (workflows.some(({ value }) => value === name)) return null;
  return `workflow_run of "${name}": not among its workflows (${linesOf(workflows)})`;
}

function listOf(triggers: readonly Trigger[]): string {
  return triggers.map(({ event: { value } }) => value).join(', ');
}
