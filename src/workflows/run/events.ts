import type { Conclusion } from '../plan/jobSpec.ts';

/** What happens in a run, in order, masked. `at` is an ISO time; durations are in ms. */
export type RunEvent = { readonly at: string } & (
  | {
      readonly kind: 'run_started';
      /** Of the workflow. */
      readonly name: string;
      /** Of the run: its `run-name`, else what the event is about. */
      readonly title: string;
      readonly file: string;
      readonly event: string;
      readonly sha: string;
      /** How many there will be; null when that depends on some of them. */
      readonly jobs: number | null;
    }
  | { readonly kind: 'job_started'; readonly job: string; readonly name: string }
  /** `condition` is what was written and what it was made of: `github.ref == 'refs/heads/main'` ("refs/heads/x"). */
  | {
      readonly kind: 'job_skipped';
      readonly job: string;
      readonly name: string;
      /** `cancelled`: before it could start. `failure`: it could not be started, as when its matrix is none. */
      readonly conclusion: 'skipped' | 'cancelled' | 'failure';
      readonly reason: string;
      readonly condition: string | null;
    }
  /** `step` counts from 1 over all phases of the job. */
  | {
      readonly kind: 'step_started';
      readonly job: string;
      readonly step: number;
      readonly name: string;
      readonly phase: StepPhase;
    }
  | {
      readonly kind: 'step_skipped';
      readonly job: string;
      readonly step: number;
      readonly name: string;
      readonly phase: StepPhase;
      readonly condition: string | null;
    }
  /** Whole lines but for the last before the step ends. UTF-8 where the step wrote it; never half a character of it. */
  | { readonly kind: 'output'; readonly job: string; readonly step: number; readonly text: string }
  | ({ readonly kind: 'annotation'; readonly job: string; readonly step: number } & Annotation)
  | {
      readonly kind: 'step_finished';
      readonly job: string;
      readonly step: number;
      /** Before and after `continue-on-error`. */
      readonly outcome: Conclusion;
      readonly conclusion: Conclusion;
      /** In words, when it did not succeed: `exit code 137: killed, or out of memory`. */
      readonly detail: string | null;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'job_finished';
      readonly job: string;
      readonly name: string;
      readonly conclusion: Conclusion;
      /** Why, when no step says it: a time limit, a machine that lacks something. */
      readonly detail: string | null;
      readonly outputs: Readonly<Record<string, string>>;
      /** Markdown of all its steps. */
      readonly summary: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'run_finished'; readonly conclusion: Conclusion; readonly durationMs: number }
);

/** `group`: what belongs to the job itself, as making its place and ending it. */
export type StepPhase = 'set-up' | 'pre' | 'main' | 'post' | 'tear-down';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly column: number | null;
  readonly endColumn: number | null;
}

/** Takes events as they happen. While the promise it may answer is pending, the step that caused it is held up. */
export type Observe = (event: RunEvent) => Promise<void> | undefined;
