export type { Finding } from '../language/index.ts';
export type { Payload } from '../plan/index.ts';
export type { Conclusion } from '../plan/jobSpec.ts';
export type { Annotation, Observe, RunEvent, StepPhase } from './events.ts';
export type { JobDirectories, JobHost, JobLimits } from './jobHost.ts';
export { type ListedWorkflow, type ListOptions, listWorkflows } from './listWorkflows.ts';
export { machineEnvOf } from './machineEnv.ts';
export type { RunOutcome, RunWorkflowOptions } from './runOptions.ts';
export { runWorkflow } from './runWorkflow.ts';
