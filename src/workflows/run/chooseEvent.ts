import type { Workflow } from '../language/index.ts';

/** What nobody names: the event that people have in mind most often. */
const likely = ['push', 'pull_request', 'workflow_dispatch', 'workflow_call', 'schedule'];
/** Those that take inputs. */
const withInputs = ['workflow_dispatch', 'workflow_call'];

/** The event of a run that does not say which: one that starts the workflow, with inputs one that takes them. */
export function chooseEvent(workflow: Workflow, hasInputs: boolean): string {
  const events = workflow.on.map(({ event }) => event.value);
  const preferred = hasInputs ? [...withInputs, ...likely] : likely;
  return preferred.find((event) => events.includes(event)) ?? events[0] ?? 'push';
}
