// What can be in which state. Without schemas, for clients that must start fast.

export const activeStates = ['running', 'verifying', 'cancelling'] as const;
export const finalStates = ['succeeded', 'failed', 'cancelled', 'superseded'] as const;
export const deployStates = ['queued', ...activeStates, ...finalStates] as const;
export type ActiveState = (typeof activeStates)[number];
export type FinalState = (typeof finalStates)[number];
export type DeployState = (typeof deployStates)[number];

export const isActive = (state: DeployState): state is ActiveState => activeStates.some((s) => s === state);
export const isFinal = (state: DeployState): state is FinalState => finalStates.some((s) => s === state);

export const deployKinds = ['deploy', 'redeploy', 'rollback'] as const;
export type DeployKind = (typeof deployKinds)[number];

export const stepStates = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'unknown',
  'skipped',
] as const;
export type StepState = (typeof stepStates)[number];

/** Active keys are handed out; retiring ones are still accepted; revoked ones never again. */
export const keyStates = ['active', 'retiring', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];

export const checkStatuses = ['queued', 'in_progress', 'completed'] as const;
export const checkConclusions = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
] as const;
export type CheckStatus = (typeof checkStatuses)[number];
export type CheckConclusion = (typeof checkConclusions)[number];

/** The conclusions that let a commit out. Everything else, and none, does not. */
export const isGreen = (conclusion: CheckConclusion | null): boolean =>
  conclusion === 'success' || conclusion === 'neutral' || conclusion === 'skipped';

/** `pending`: waits for its concurrency group. */
export const runStates = ['pending', 'running', 'completed'] as const;
export type WorkflowRunState = (typeof runStates)[number];

/** `pending`: waits for its concurrency group; `waiting`: for the rules of its environment. */
export const jobStates = ['pending', 'waiting', 'queued', 'running', 'cancelling', 'completed'] as const;
export type JobState = (typeof jobStates)[number];

/** Of runs, jobs and steps of workflows. */
export const workflowConclusions = ['success', 'failure', 'cancelled', 'skipped'] as const;
export type WorkflowConclusion = (typeof workflowConclusions)[number];

export const stepPhases = ['set-up', 'pre', 'main', 'post', 'tear-down'] as const;
export type JobStepPhase = (typeof stepPhases)[number];

/** Of tests that jobs report. `error`: it did not get as far as its assertions. */
export const testStates = ['passed', 'failed', 'error', 'skipped'] as const;
export type TestState = (typeof testStates)[number];

/** The events that start workflows here. GitHub has more: a workflow that waits for one of those waits for good. */
const startingEvents: readonly string[] = [
  'merge_group',
  'pull_request',
  'pull_request_target',
  'push',
  'repository_dispatch',
  'schedule',
  'workflow_call',
  'workflow_dispatch',
  'workflow_run',
];

/** Those of a workflow's events that never come to pass here. */
export const unheardOf = (events: readonly string[]): readonly string[] =>
  events.filter((event) => !startingEvents.includes(event));
