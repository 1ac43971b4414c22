import type { JobStep, WorkflowJob, WorkflowRun } from '../../../contract/runs.ts';
import type { WorkflowConclusion } from '../../../contract/states.ts';
import type { MarkState } from '../../ui/StateMark.tsx';

const markOfConclusion = {
  success: 'succeeded',
  failure: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
} as const satisfies Record<WorkflowConclusion, MarkState>;

/** How a run stands, as a mark. */
export function markOfRun({ state, conclusion }: Pick<WorkflowRun, 'state' | 'conclusion'>) {
  if (conclusion !== null) return markOfConclusion[conclusion];
  return state === 'running' ? ('running' as const) : ('pending' as const);
}

/** How a job stands, as a mark: what was skipped because of what failed before it is blocked. */
export function markOfJob(
  job: Pick<WorkflowJob, 'state' | 'conclusion' | 'blocked' | 'needs_approval'>,
): MarkState {
  if (job.conclusion === 'skipped' && job.blocked) return 'blocked';
  if (job.conclusion !== null) return markOfConclusion[job.conclusion];
  if (job.state === 'waiting') return job.needs_approval ? 'awaiting' : 'pending';
  return job.state === 'completed' ? 'unknown' : job.state;
}

/** How a step stands, as a mark. */
export function markOfStep({ state, conclusion }: Pick<JobStep, 'state' | 'conclusion'>) {
  if (conclusion !== null) return markOfConclusion[conclusion];
  return state === 'running' ? ('running' as const) : ('unknown' as const);
}

/** `refs/heads/main` as people say it: main. */
export const shortRef = (ref: string): string =>
  ref.replace(/^refs\/(heads|tags)\//, '').replace(/^refs\/pull\/(\d+)\/.*$/, '#$1');

const longestName = 64;

/** The name of a step, which without one of its own is all that it runs, as short as a line wants it. */
export const shortStep = (name: string): string =>
  name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
