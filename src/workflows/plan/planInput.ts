import type { Value } from '../expressions/index.ts';
import type { ActionDefinition, Workflow } from '../language/index.ts';
import type { WorkflowEvent } from './events/workflowEvent.ts';
import type { Machine } from './plan.ts';

/** All that a plan is made of. */
export interface PlanInput {
  readonly workflow: Workflow;
  readonly event: WorkflowEvent;
  /** Given for `workflow_dispatch` and `workflow_call`: texts, or values of JSON. They count more than the payload's. */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** The workflows that it calls, directly or not, by `uses` as `resolveCall` spells it. */
  readonly called: Readonly<Record<string, Workflow>>;
  /** Actions of the repository, by `uses`: `./.github/actions/x`. What is not here is not looked at. */
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  /** Those that are there and wrong, by `uses`: what is wrong, in words. */
  readonly brokenActions?: Readonly<Record<string, string>>;
  readonly select?: Selection;
  /** Plans it although the event would not start it, as long as it names the event. */
  readonly evenIfNotStarted?: boolean;
}

/** What of the workflow is wanted; the rest is left out of the plan. */
export interface Selection {
  /** Ids of jobs of the workflow itself; what they need is added. Empty: all. */
  readonly jobs: readonly string[];
  /** Of combinations that have these keys, those with one of the values. */
  readonly matrix: Readonly<Record<string, readonly string[]>>;
}
