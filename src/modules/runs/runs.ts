import type { JobState, WorkflowConclusion, WorkflowRunState } from '../../contract/states.ts';
import type { TestCounts } from '../../contract/testReports.ts';
import type { Finding } from '../../workflows/language/index.ts';
import type { JobSpec, Plan, PlannedConcurrency, RunState } from '../../workflows/plan/index.ts';

/** A workflow run, without its plan. */
export interface RunRow {
  id: number;
  trigger_id: number;
  repository_id: number;
  repository: string;
  file: string;
  number: number;
  attempt: number;
  name: string;
  title: string;
  event: string;
  ref: string;
  /** That its checks are of. */
  sha: string;
  /** What it runs, where that is another commit. */
  code_sha: string | null;
  actor: string;
  /** Who had it run again, if anybody did. */
  rerun_by: string | null;
  trusted: boolean;
  state: WorkflowRunState;
  conclusion: WorkflowConclusion | null;
  findings: Finding[] | null;
  concurrency: PlannedConcurrency | null;
  cancelled_calls: Record<string, string>;
  cancel_requested_at: Date | null;
  cancel_requested_by: string | null;
  cancel_reason: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface JobRow {
  id: number;
  run_id: number;
  attempt: number;
  key: string;
  name: string;
  labels: string[];
  state: JobState;
  conclusion: WorkflowConclusion | null;
  reason: string | null;
  condition: string | null;
  blocked: boolean;
  outputs: Record<string, string>;
  summary: string;
  environment: string | null;
  environment_url: string | null;
  needs_approval: boolean;
  approved_by: string | null;
  not_before: Date | null;
  cancel_reason: string | null;
  failure: string | null;
  tests: (TestCounts & { problems: string[] }) | null;
  carried_from: number | null;
  losses: number;
  runner_id: string | null;
  runner_name: string | null;
  created_at: Date;
  queued_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
}

/** The plan of a run is its own for good: what a re-run runs is what was planned then. */
export type StoredPlan = Plan;

/** What says of a file that nobody can plan it. */
export function findingOfPlan(file: string, message: string): Finding {
  const start = { line: 1, column: 1 };
  return { severity: 'error', rule: 'plan', message, file, at: { start, end: start } };
}

/** A job's spec as it is stored: the `github` context, the same for all jobs of a run, stands in the plan. */
export type StoredSpec = Omit<JobSpec, 'contexts'> & {
  readonly contexts: Omit<JobSpec['contexts'], 'github'>;
};

/** `harbor/test#12`: of the repository, the file's name without its ending, and its number. */
export const runName = (run: Pick<RunRow, 'repository' | 'file' | 'number'>): string =>
  `${run.repository}/${workflowStem(run.file)}#${run.number}`;

export const workflowStem = (file: string): string => file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');

export const jobName = (run: Pick<RunRow, 'repository' | 'file' | 'number'>, job: { name: string }): string =>
  `${runName(run)} ${job.name}`;

/** The state of a run as the plan's scheduler understands it. */
export function runStateOf(
  run: Pick<RunRow, 'cancel_requested_at' | 'cancelled_calls'>,
  jobs: readonly Pick<JobRow, 'key' | 'state' | 'conclusion' | 'outputs'>[],
): RunState {
  const entries = jobs.map(({ key, conclusion, outputs }) => [
    key,
    conclusion === null ? { state: 'running' as const } : { state: 'ended' as const, conclusion, outputs },
  ]);
  const { cancelled_calls: cancelledCalls } = run;
  return { jobs: Object.fromEntries(entries), cancelled: run.cancel_requested_at !== null, cancelledCalls };
}

export function storedSpec({ contexts: { github: _, ...contexts }, ...spec }: JobSpec): StoredSpec {
  return { ...spec, contexts };
}

/**
 * Labels as they are compared: machines of any release of Ubuntu or Debian are the same here, and case does not count.
 * A runner that has all of a job's may run it.
 */
export const comparedLabels = (labels: readonly string[]): string[] => [
  ...new Set(
    labels.map((label) => {
      const name = label.toLowerCase();
      const [, system] = /^(ubuntu|debian)(?:-(?:latest|slim|\d+(?:\.\d+)*))?$/.exec(name) ?? [];
      return system ?? name;
    }),
  ),
];
