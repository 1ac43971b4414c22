import { changedFilesOf } from '../commit/index.ts';
import type { Finding, Trigger, Workflow } from '../language/index.ts';
import { readWorkflow } from '../language/index.ts';
import { makeEvent, type Payload, synthesizePayload, whyNotStarted } from '../plan/index.ts';
import { describeCheckout } from './checkout/describeCheckout.ts';
import { findCheckout } from './checkout/findCheckout.ts';
import { requireWorkflowFiles } from './files/findWorkflowFile.ts';

/** What somebody asks about the workflows of a checkout. */
export interface ListOptions {
  /** In the checkout. */
  readonly directory: string;
  readonly event: string;
  /** `main`, `refs/tags/v1`: where the event would be; null: where the checkout is. */
  readonly ref: string | null;
  readonly payload: Payload | null;
  readonly now: Date;
}

/** A workflow, and whether the event would start it. */
export interface ListedWorkflow {
  readonly file: string;
  readonly name: string;
  readonly events: readonly string[];
  readonly jobs: readonly string[];
  readonly starts: boolean;
  /** Why not, in words; what is wrong in the file counts as a reason. */
  readonly reason: string | null;
}

/** Which workflows of a checkout an event would start, and why the others not. Throws `not_found` without any. */
export async function listWorkflows(
  options: ListOptions,
): Promise<{ ref: string; workflows: ListedWorkflow[] }> {
  const checkout = await findCheckout(options.directory);
  const [files, described] = await Promise.all([
    requireWorkflowFiles(checkout.root),
    describeCheckout(checkout, options.now),
  ]);
  const facts = options.ref === null ? described.facts : { ...described.facts, ref: fullRef(options.ref) };
  const { event, payload } = options;
  const given = payload === null ? null : { ...synthesizePayload(event, facts), ...payload };
  const changedFiles = await changedFilesOf(checkout.root, event, given, facts);
  const happened = makeEvent(event, given, facts, { changedFiles });
  const workflows = files.map(({ file, text }): ListedWorkflow => {
    const { workflow, findings } = readWorkflow(text, file);
    if (workflow === null) return unreadable(file, findings);
    const reason = whyNotStarted(workflow, happened);
    return { ...listed(workflow), starts: reason === null, reason };
  });
  return { ref: String(happened.github.ref ?? facts.ref), workflows };
}

const fullRef = (ref: string): string => (ref.startsWith('refs/') ? ref : `refs/heads/${ref}`);

const listed = ({ file, name, on, jobs }: Workflow): Omit<ListedWorkflow, 'starts' | 'reason'> => ({
  file,
  name: name?.value ?? file,
  events: on.map(({ event }: Trigger) => event.value),
  jobs: jobs.map(({ id }) => id.value),
});

function unreadable(file: string, findings: readonly Finding[]): ListedWorkflow {
  const first = findings.find(({ severity }) => severity === 'error');
  const where = first === undefined ? '' : ` (line ${first.at.start.line}: ${first.message})`;
  return { file, name: file, events: [], jobs: [], starts: false, reason: `it is not valid${where}` };
}
