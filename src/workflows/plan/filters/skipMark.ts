import { digText } from '../events/payload.ts';
import type { WorkflowEvent } from '../events/workflowEvent.ts';

const marks = ['[skip ci]', '[ci skip]', '[no ci]', '[skip actions]', '[actions skip]'];

/**
 * What in the message of the pushed commit keeps workflows from starting, or null.
 * https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs
 */
export function skipMark(event: WorkflowEvent): string | null {
  if (event.name !== 'push') return null;
  const message = digText(event.payload, 'head_commit', 'message').toLowerCase();
  const mark = marks.find((text) => message.includes(text));
  if (mark !== undefined) return mark;
  return /\n\nskip-checks:\s*true\s*$/.test(message) ? 'skip-checks: true' : null;
}
