import { detectEngine } from '../../platform/containers/index.ts';
import type { ActionSource } from '../actions/index.ts';
import { changedFilesOf, findMissingActions, gatherCalled, withReasons } from '../commit/index.ts';
import { toText } from '../expressions/index.ts';
import type { Finding, TemplateEntry, Workflow } from '../language/index.ts';
import {
  type Machine,
  makeEvent,
  type Payload,
  type Plan,
  planWorkflow,
  type Selection,
  synthesizePayload,
  type WorkflowEvent,
  wantsEngine,
  whyNotStarted,
  wishesFor,
} from '../plan/index.ts';
import type { DescribedCheckout } from './checkout/describeCheckout.ts';
import { chooseEvent } from './chooseEvent.ts';
import { readTextFile } from './files/readTextFile.ts';

/** What somebody says about the event that a workflow is run for. */
export interface Wishes {
  /** Null: one that the workflow asks for, whatever its filters say. */
  readonly event: string | null;
  /** Of the event; what is missing in it is what the checkout as it stands would cause. */
  readonly payload: Payload | null;
  readonly inputs: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** For all steps, under what the workflow says itself. */
  readonly env: Readonly<Record<string, string>>;
  readonly select: Selection;
  readonly note: (text: string) => void;
}

export interface PlanGround {
  readonly root: string;
  readonly workflow: Workflow;
  readonly described: DescribedCheckout;
  readonly actions: ActionSource;
}

export type LocalPlan =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'not-started'; readonly event: string; readonly reason: string }
  | {
      readonly kind: 'refused';
      readonly findings: readonly Finding[];
      readonly sources: ReadonlyMap<string, string>;
    };

/** Plans a workflow of a checkout for an event of it. */
export async function planLocally(wishes: Wishes, ground: PlanGround): Promise<LocalPlan> {
  const { workflow, actions, root } = ground;
  const called = await gatherCalled(workflow, root, actions, readTextFile(root));
  const { sources } = called;
  const event = await eventOf(wishes, ground);
  const planned = planWorkflow({
    workflow,
    event,
    evenIfNotStarted: runsRegardless(workflow, event, wishes),
    inputs: wishes.inputs,
    vars: wishes.vars,
    machine: { ...machine, containerEngine: await hasEngine(workflow, called) },
    called: called.workflows,
    actions: called.actions,
    brokenActions: called.brokenActions,
    select: wishes.select,
  });
  switch (planned.kind) {
    case 'planned': {
      const findings = await findMissingActions(planned.plan, actions, root);
      if (findings.length > 0) return { kind: 'refused', findings, sources };
      return { kind: 'planned', plan: withEnv(planned.plan, wishes.env) };
    }
    case 'not-started':
      return { kind: 'not-started', event: event.name, reason: planned.reason };
    case 'refused':
      return { kind: 'refused', findings: withReasons(planned.findings, called.findings), sources };
  }
}

/** The engine is asked only when something wants it. */
async function hasEngine(
  workflow: Workflow,
  { workflows }: { readonly workflows: Readonly<Record<string, Workflow>> },
): Promise<boolean> {
  if (![workflow, ...Object.values(workflows)].some(wantsEngine)) return false;
  return !('refused' in (await detectEngine()));
}

const machine: Omit<Machine, 'containerEngine'> = {
  architecture: process.arch === 'arm64' ? 'arm64' : 'x64',
  labels: [],
};

async function eventOf({ event, payload, inputs }: Wishes, ground: PlanGround): Promise<WorkflowEvent> {
  const { workflow, described, root } = ground;
  const { facts } = described;
  const hasInputs = Object.keys(inputs).length > 0;
  const name = event ?? chooseEvent(workflow, hasInputs);
  const likely = wishesFor(workflow, name);
  const wishes = { ...likely, inputs, activity: activityOf(payload) ?? likely.activity ?? null };
  const given = payload === null ? null : { ...synthesizePayload(name, facts, wishes), ...payload };
  const changedFiles = await changedFilesOf(root, name, given, facts);
  return makeEvent(name, given, facts, { ...wishes, changedFiles });
}

/** A payload that names its activity must not be filled up with that of another. */
function activityOf(payload: Payload | null): string | null {
  return payload?.action === undefined ? null : toText(payload.action);
}

/**
 * Who names the event, or gives one, wants to know whether it starts the workflow. Who just runs it, on a branch that
 * it is not for, wants to see it run, and is told.
 */
function runsRegardless(workflow: Workflow, event: WorkflowEvent, wishes: Wishes): boolean {
  if (wishes.event !== null || wishes.payload !== null) return false;
  const reason = whyNotStarted(workflow, event);
  if (reason === null) return false;
  wishes.note(`runs although ${event.name} would not start it (${reason}): no --event was named`);
  return true;
}

/** With variables under all that the workflow sets itself. */
function withEnv(plan: Plan, env: Readonly<Record<string, string>>): Plan {
  const entries = Object.entries(env).map(([name, value]) => envEntry(name, value));
  if (entries.length === 0) return plan;
  const jobs = plan.jobs.map((job) =>
    job.kind === 'steps' ? { ...job, workflowEnv: [...entries, ...job.workflowEnv] } : job,
  );
  return { ...plan, jobs };
}

function envEntry(name: string, value: string): TemplateEntry {
  const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  // Written as a text of an expression, so that what looks like an expression in it is none.
  const text = `\${{ '${value.replaceAll("'", "''")}' }}`;
  return { name: { value: name, at: nowhere }, text: { value: text, at: nowhere } };
}
