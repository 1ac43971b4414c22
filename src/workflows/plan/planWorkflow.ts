import { toText, type Value } from '../expressions/index.ts';
import type { Workflow } from '../language/index.ts';
import { concurrencyOf } from './concurrency.ts';
import { type Evaluation, textOf } from './evaluation.ts';
import { digText, type Payload } from './events/payload.ts';
import { whyNotStarted } from './filters/whyNotStarted.ts';
import { inputsOf } from './inputs/runInputs.ts';
import { planJobs } from './jobs/planJobs.ts';
import { selectJobs } from './jobs/selectJobs.ts';
import { mustKnowKeys } from './matrix/mustKnowKeys.ts';
import type { Plan, PlanResult } from './plan.ts';
import type { PlanInput } from './planInput.ts';
import { Refusal } from './refusal.ts';

/**
 * Plans what an event makes of a workflow: pure, so that it says the same wherever it is asked. Evaluates all that can
 * be known before a job has run; what depends on results is evaluated by `nextJobs`.
 */
export function planWorkflow(input: PlanInput): PlanResult {
  const reason = whyNotStarted(input.workflow, input.event);
  if (reason !== null && !(input.evenIfNotStarted && names(input))) return { kind: 'not-started', reason };
  try {
    const frame = planFrame(input);
    const selected = { ...input, workflow: { ...input.workflow, jobs: selectJobs(input) } };
    const { jobs, findings } = planJobs(selected, frame);
    if (findings.length === 0) mustKnowKeys(input, jobs);
    return findings.length > 0
      ? { kind: 'refused', findings }
      : { kind: 'planned', plan: { ...frame, jobs } };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', findings: [error.finding] };
    throw error;
  }
}

function names({ workflow, event: { name } }: PlanInput): boolean {
  return workflow.on.some(({ event }) => event.value === name);
}

/** A plan without its jobs. Throws `Refusal`. */
function planFrame(input: PlanInput): Omit<Plan, 'jobs'> {
  const { workflow, event, vars, machine } = input;
  const { file } = workflow;
  const name = workflow.name?.value || file;
  const inputs = inputsOf(input);
  const github = {
    ...event.github,
    ...ofWorkflow(workflow, name, event.github),
    event: eventOf(input, inputs),
  };
  const evaluation: Evaluation = { file, contexts: { github, inputs, vars } };
  return {
    file,
    name,
    runName: runNameOf(workflow, event.github, name, evaluation),
    github,
    inputs,
    vars,
    secrets: event.fromFork ? 'none' : 'inherit',
    machine,
    matrixSelection: input.select?.matrix ?? {},
    concurrency: concurrencyOf(workflow.concurrency, evaluation),
  };
}

function ofWorkflow({ file }: Workflow, name: string, github: Payload): Record<string, Value> {
  const { repository = null, ref = null, sha = null } = github;
  return { workflow: name, workflow_ref: `${repository}/${file}@${ref}`, workflow_sha: sha };
}

/** `github.event.inputs` has all of them, defaults too, as texts. */
function eventOf({ event }: PlanInput, inputs: Readonly<Record<string, Value>>): Payload {
  if (event.name !== 'workflow_dispatch') return event.payload;
  return {
    ...event.payload,
    inputs: Object.fromEntries(Object.entries(inputs).map(([k, v]) => [k, toText(v)])),
  };
}

/** Without `run-name`: the title of what was pushed or asked to be merged, else the workflow's name. */
function runNameOf({ runName }: Workflow, github: Payload, name: string, evaluation: Evaluation): string {
  const written = runName === null ? '' : textOf(runName, evaluation).trim();
  if (written !== '') return written;
  const event = github.event ?? null;
  const title = digText(event, 'pull_request', 'title') || digText(event, 'head_commit', 'message');
  return title.split('\n')[0]?.trim() || name;
}
