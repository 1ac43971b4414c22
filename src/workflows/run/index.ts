export type { Conclusion } from '../plan/jobSpec.ts';
export type { Annotation, Observe, RunEvent, StepPhase } from './events.ts';
export type { JobDirectories, JobHost, JobLimits } from './jobHost.ts';
