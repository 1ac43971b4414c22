export { resolveCall } from './calls/resolveCall.ts';
export { activityTypes, defaultActivities, likelyActivity } from './events/activities.ts';
export { type CheckoutFacts, type CommitFacts, noSha, type Signature } from './events/facts.ts';
export type { Payload } from './events/payload.ts';
export { type EventWishes, synthesizePayload } from './events/synthesize.ts';
export { wishesFor } from './events/wishesFor.ts';
export { makeEvent, type WorkflowEvent } from './events/workflowEvent.ts';
export { matchesGlob } from './filters/glob.ts';
export { whyNotStarted } from './filters/whyNotStarted.ts';
export type { Conclusion, JobContexts, JobResult, JobSecrets, JobSpec, Need } from './jobSpec.ts';
export { obstacleOf } from './jobs/checkSteps.ts';
export { wantsEngine } from './jobs/wantsEngine.ts';
export { expandMatrix, MatrixError } from './matrix/expandMatrix.ts';
export { containersLabel, neededLabels } from './neededLabels.ts';
export type * from './plan.ts';
export type { PlanInput, Selection } from './planInput.ts';
export { planWorkflow } from './planWorkflow.ts';
export { claimGroup, type Group, type GroupClaim, releaseGroup } from './schedule/groups.ts';
export { nextJobs } from './schedule/nextJobs.ts';
export {
  type JobState,
  type NextJobs,
  newRun,
  type RunState,
  recordCallCancellation,
  recordCancellation,
  recordNext,
  recordResult,
  type SkippedJob,
} from './schedule/runState.ts';
export { secretsOf } from './secretsOf.ts';
