import {
  type ActionDefinition,
  type FoundExpression,
  type InspectedAction,
  type InspectedWorkflow,
  type Job,
  type Position,
  readAction,
  readWorkflow,
  type Step,
  type Workflow,
} from '../language/index.ts';
import { actionAt, workflowAt } from './calls.ts';
import { fixedContexts } from './contextShapes.ts';
import type { FileLibrary } from './fileLibrary.ts';
import { matrixShape } from './matrixShape.ts';
import { any, closed, type Shape, text, texts } from './shape.ts';

/** What an expression can see where it stands: contexts by name in lower case. */
export type Scope = Readonly<Record<string, Shape>>;
export type Scopes = (found: FoundExpression) => Scope;

/** The scopes of a workflow. Where values stand more than once nobody knows in which job an expression is. */
export function workflowScopes(inspected: InspectedWorkflow, library: FileLibrary | null): Scopes {
  const { workflow, hasAliases } = inspected;
  const base = { ...fixedContexts, inputs: workflow === null ? any : inputsShape(workflow) };
  if (workflow === null || hasAliases) return () => base;
  const byId = new Map(workflow.jobs.map((job) => [job.id.value.toLowerCase(), job]));
  const starts = workflow.jobs.map((job) => job.id.at.start);
  const jobs = closed(
    workflow.jobs.map((job) => [job.id.value, jobShape(job, library)]),
    (name) => `this file has no job \`${name}\``,
  );
  const cached = new Map<Job, Scope>();
  return (found) => {
    const { start } = found.site.text.at;
    const isBefore = (other: Position | undefined) => other !== undefined && compare(other, start) <= 0;
    const job = workflow.jobs[starts.findLastIndex(isBefore)];
    if (job === undefined || found.site.type === 'workflow-output-context') return { ...base, jobs };
    const shared = cached.get(job) ?? { ...base, ...jobScope(job, byId, library) };
    cached.set(job, shared);
    return job.kind === 'steps' ? { ...shared, steps: stepsShape(job.steps, start, library) } : shared;
  };
}

/** The scopes of an action. */
export function actionScopes({ action, hasAliases }: InspectedAction, library: FileLibrary | null): Scopes {
  if (action === null) return () => fixedContexts;
  const inputs = closed(
    action.inputs.map(({ name }) => [name.value, text]),
    (name) => `this action declares no input \`${name}\``,
  );
  const base = { ...fixedContexts, inputs };
  const { runs } = action;
  if (runs.kind !== 'composite' || hasAliases) return () => base;
  return ({ site }) => ({ ...base, steps: stepsShape(runs.steps, site.text.at.start, library) });
}

function jobScope(job: Job, byId: ReadonlyMap<string, Job>, library: FileLibrary | null): Scope {
  const needs = job.needs.map(({ value }): [string, Shape] => {
    const needed = byId.get(value.toLowerCase());
    return [value, needed === undefined ? any : jobShape(needed, library)];
  });
  return {
    matrix: matrixShape(job.strategy),
    needs: closed(needs, (name) =>
      byId.has(name.toLowerCase())
        ? `job \`${job.id.value}\` does not need \`${name}\`: add it to \`needs\``
        : `job \`${job.id.value}\` needs no \`${name}\``,
    ),
  };
}

function jobShape(job: Job, library: FileLibrary | null): Shape {
  return closed(
    [
      ['result', text],
      ['outputs', jobOutputs(job, library)],
    ],
    (name) => `a job has \`result\` and \`outputs\`, and no \`${name}\``,
  );
}

function jobOutputs(job: Job, library: FileLibrary | null): Shape {
  const names =
    job.kind === 'steps' ? job.outputs.map(({ name }) => name.value) : calledOutputs(job.uses.value, library);
  if (names === null || names.some((name) => name.includes('${{'))) return texts;
  const shapes = names.map((name): [string, Shape] => [name, text]);
  return closed(shapes, (name) => `job \`${job.id.value}\` has no output \`${name}\``);
}

function calledOutputs(uses: string, library: FileLibrary | null): string[] | null {
  const found = workflowAt(uses, library);
  const called = found === null ? null : readWorkflow(found.text, found.path).workflow;
  const trigger = called?.on.find(({ event }) => event.value === 'workflow_call');
  return trigger?.outputs.map(({ name }) => name.value) ?? null;
}

function stepsShape(steps: readonly Step[], at: Position, library: FileLibrary | null): Shape {
  if (steps.some(({ does }) => does.kind === 'unsupported')) return any;
  const here = steps.findIndex((step) => contains(step, at));
  const before = here === -1 ? steps : steps.slice(0, here);
  const later = new Set(steps.slice(before.length).flatMap(({ id }) => id?.value.toLowerCase() ?? []));
  const shapes = before.flatMap((step): [string, Shape][] =>
    step.id === null ? [] : [[step.id.value, stepShape(step, library)]],
  );
  return closed(shapes, (name) =>
    later.has(name.toLowerCase())
      ? `step \`${name}\` has not run yet at this place`
      : `no step before this has the id \`${name}\``,
  );
}

function stepShape(step: Step, library: FileLibrary | null): Shape {
  return closed(
    [
      ['outputs', stepOutputs(step, library)],
      ['outcome', text],
      ['conclusion', text],
    ],
    (name) => `a step has \`outputs\`, \`outcome\` and \`conclusion\`, and no \`${name}\``,
  );
}

/** Only a composite action has no outputs but those that it declares. */
function stepOutputs(step: Step, library: FileLibrary | null): Shape {
  const found = step.does.kind === 'uses' ? actionAt(step.does.uses.value, library) : null;
  const action: ActionDefinition | null = found === null ? null : readAction(found.text, found.path).action;
  if (action?.runs.kind !== 'composite') return texts;
  const names = action.outputs.map(({ name }): [string, Shape] => [name.value, text]);
  return closed(names, (name) => `\`${found?.path}\` has no output \`${name}\``);
}

function inputsShape({ on }: Workflow): Shape {
  const declaring = on.filter(({ event }) => ['workflow_call', 'workflow_dispatch'].includes(event.value));
  const inputs = declaring.flatMap((trigger) =>
    trigger.inputs.map(({ name }): [string, Shape] => [name.value, text]),
  );
  return closed(inputs, (name) => `this workflow declares no input \`${name}\``);
}

function contains(step: Step, at: Position): boolean {
  return compare(step.at.start, at) <= 0 && compare(at, step.at.end) < 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}
