import type { Lease, RunnerGateway } from './runner.ts';
import type { JobStepPhase, WorkflowConclusion } from './states.ts';
import type { TestReport } from './testReports.ts';

/** A job to run, with all that running it takes. Plain data. */
export interface JobAssignment {
  readonly lease: Lease;
  /** `harbor/test#12 unit (20)`. */
  readonly name: string;
  readonly runId: number;
  readonly attempt: number;
  /** How often a runner was lost with it, or stopped, in this attempt; what was done until then stands in its log. */
  readonly losses: number;
  readonly repository: string;
  readonly repositoryId: number;
  readonly sha: string;
  /** A `JobSpec` of the workflow engine. */
  readonly spec: unknown;
  /** Of the organization, the repository and its environment, by name. All are masked. */
  readonly secrets: Readonly<Record<string, string>>;
  /** `GITHUB_TOKEN`: its own, for as long as it runs. */
  readonly token: string;
  /** Where its repository is fetched from by a runner of another machine. */
  readonly url: string;
  /** The ref whose caches it writes, then those that it may read. */
  readonly cacheScopes: readonly [string, ...string[]];
  readonly debug: boolean;
}

export type JobLeaseState =
  | { readonly kind: 'held' }
  | { readonly kind: 'cancelling'; readonly reason: string }
  | { readonly kind: 'lost' };

/** What happened in a job since the last report; steps and annotations have numbers, so repeating it does no harm. */
export interface JobReport {
  readonly started: readonly {
    readonly number: number;
    readonly name: string;
    readonly phase: JobStepPhase;
    readonly at: string;
  }[];
  readonly finished: readonly {
    readonly number: number;
    readonly outcome: WorkflowConclusion;
    readonly conclusion: WorkflowConclusion;
    readonly detail: string | null;
    readonly at: string;
  }[];
  readonly skipped: readonly {
    readonly number: number;
    readonly name: string;
    readonly phase: JobStepPhase;
    readonly condition: string | null;
    readonly at: string;
  }[];
  readonly annotations: readonly JobAnnotation[];
}

export interface JobAnnotation {
  /** Counts from 1 in its job. */
  readonly number: number;
  readonly step: number;
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly column: number | null;
  readonly endColumn: number | null;
}

/** How a job ended, as its runner saw it. */
export interface JobEnd {
  readonly conclusion: WorkflowConclusion;
  /** Why, when no step says it. */
  readonly detail: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown. */
  readonly summary: string;
  /** Undefined: it left no results of tests. */
  readonly tests?: TestReport | undefined;
}

export interface JobRunnerInfo {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly identity: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
  readonly capacity: number;
}

/** What a runner of jobs may ask of Slipway. Every call is safe to repeat. */
export interface JobGateway extends Pick<RunnerGateway, 'bury' | 'unregister' | 'onWork'> {
  peers(runner: { readonly id: string }): Promise<{ dead: string[]; others: string[] }>;
  register(runner: JobRunnerInfo): Promise<void>;
  /** Takes the next job that this runner can do. `held` is all that the runner knows of. */
  leaseNext(runnerId: string, held: readonly Lease[]): Promise<JobAssignment | undefined>;
  heartbeat(runnerId: string, leases: readonly Lease[]): Promise<ReadonlyMap<number, JobLeaseState>>;
  report(lease: Lease, report: JobReport): Promise<JobLeaseState>;
  finish(lease: Lease, end: JobEnd): Promise<JobLeaseState>;
  /** Gives a job back that it ended because it was stopped itself: it runs again, or failed for that `reason`. */
  release(lease: Lease, reason: string): Promise<JobLeaseState>;
  /** Says that it takes no more, and ends when its jobs have. */
  drain(runnerId: string): Promise<void>;
}
