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
