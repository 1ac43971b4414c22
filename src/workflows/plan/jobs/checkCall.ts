import type { CallJob, Trigger, Workflow } from '../../language/index.ts';
import { sameName } from '../calls/callInputs.ts';
import { refuse } from '../refusal.ts';
import { type FilePlan, note, type Planning } from './filePlan.ts';

/** The `workflow_call` of a called workflow. Throws `Refusal` when it has none. */
export function callTrigger(job: CallJob, called: Workflow, file: FilePlan): Trigger {
  const trigger = called.on.find(({ event }) => event.value === 'workflow_call');
  if (trigger !== undefined) return trigger;
  const message = `${called.file} cannot be called: add \`workflow_call\` to its \`on\``;
  throw refuse('call', message, file.workflow.file, job.uses.at);
}

/** Notes what a call gives that is not asked for, and what is asked for and it does not give. */
export function checkCall(planning: Planning, job: CallJob, trigger: Trigger, file: FilePlan): void {
  const inputs = trigger.inputs.map(({ name, required, default: fallback }) => ({
    name: name.value,
    required: required && fallback === null,
  }));
  check(
    planning,
    job,
    file,
    'input',
    inputs,
    job.with.map(({ name }) => name),
  );
  if (job.secrets === 'inherit') return;
  const secrets = trigger.secrets.map(({ name, required }) => ({ name: name.value, required }));
  check(
    planning,
    job,
    file,
    'secret',
    secrets,
    job.secrets.map(({ name }) => name),
  );
}

interface Parameter {
  readonly name: string;
  readonly required: boolean;
}

function check(
  planning: Planning,
  job: CallJob,
  { workflow }: FilePlan,
  what: 'input' | 'secret',
  parameters: readonly Parameter[],
  given: readonly CallJob['uses'][],
): void {
  for (const name of given) {
    if (parameters.some((parameter) => sameName(parameter.name, name.value))) continue;
    const known = parameters.map((parameter) => parameter.name).join(', ');
    const message = `${job.uses.value} has no ${what} \`${name.value}\`; it has ${known === '' ? 'none' : known}`;
    note(planning, refuse('call', message, workflow.file, name.at));
  }
  for (const { name, required } of parameters) {
    if (!required || given.some(({ value }) => sameName(value, name))) continue;
    const message = `${job.uses.value} requires the ${what} \`${name}\`, which is not given`;
    note(planning, refuse('call', message, workflow.file, job.uses.at));
  }
}
