import {
  type CommitGround,
  type CommitRun,
  type CommitTrigger,
  expectedJobs,
  planCommit,
  type SurveyedWorkflow,
  surveyCommit,
} from '../../../workflows/commit/index.ts';
import {
  type NextJobs,
  nextJobs,
  type Plan,
  type PlanResult,
  type RunState,
} from '../../../workflows/plan/index.ts';

/** What is decided in a thread of its own: texts of strangers may take long to read. */
export const plannerTasks = {
  survey: (ground: CommitGround, trigger: CommitTrigger): Promise<SurveyedWorkflow[]> =>
    surveyCommit(ground, trigger),
  plan: (ground: CommitGround, trigger: CommitTrigger, run: CommitRun): Promise<PlanResult> =>
    planCommit(ground, trigger, run),
  /** The names of the jobs that a workflow would have run if its path filters had let it. */
  expected: async (ground: CommitGround, trigger: CommitTrigger, run: CommitRun): Promise<string[]> => {
    const planned = await planCommit(ground, trigger, { ...run, evenIfNotStarted: true });
    return planned.kind === 'planned' ? expectedJobs(planned.plan) : [];
  },
  next: async (plan: Plan, state: RunState): Promise<NextJobs> => nextJobs(plan, state),
};

export type PlannerTasks = typeof plannerTasks;
