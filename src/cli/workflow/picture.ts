import type { Annotation, Conclusion, RunEvent, StepPhase } from '../../workflows/run/index.ts';
import { createLogFilter } from '../output/logFilter.ts';
import { createStepOutput, type StepOutput } from './stepOutput.ts';

/** How a run stands, as its events told it. */
export interface RunPicture {
  readonly started: boolean;
  /** How many jobs there will be; null when nobody knows yet. */
  readonly jobCount: number | null;
  readonly jobs: ReadonlyMap<string, JobPicture>;
  readonly annotations: readonly PlacedAnnotation[];
  readonly failures: readonly StepFailure[];
  readonly conclusion: Conclusion | null;
  readonly durationMs: number;
}

export interface JobPicture {
  readonly name: string;
  readonly startedMs: number;
  readonly ran: boolean;
  readonly step: StepPicture | null;
  /** Null while it runs. */
  readonly conclusion: Conclusion | null;
  readonly durationMs: number;
  /** Why it did not run, or why it ended when no step says so. */
  readonly detail: string | null;
  readonly condition: string | null;
  readonly summary: string;
}

export interface StepPicture {
  readonly number: number;
  readonly name: string;
  readonly phase: StepPhase;
  readonly startedMs: number;
  readonly output: StepOutput;
}

export type PlacedAnnotation = Annotation & { readonly jobName: string; readonly stepName: string };

/** A step that failed, with its last lines. */
export interface StepFailure {
  readonly job: string;
  readonly jobName: string;
  readonly stepName: string;
  readonly detail: string | null;
  readonly output: StepOutput;
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** GitHub shows ten of a kind for a step; a run that annotates every line must not fill the memory. */
const mostAnnotations = 1000;

/** Follows a run. `take` answers the picture of the job that the event is about, before a step of it is over. */
export function createRunPicture(options: { colours: boolean }) {
  const jobs = new Map<string, Changeable<JobPicture>>();
  const annotations: PlacedAnnotation[] = [];
  const failures: StepFailure[] = [];
  const picture: Changeable<RunPicture> = {
    started: false,
    jobCount: null,
    jobs,
    annotations,
    failures,
    conclusion: null,
    durationMs: 0,
  };

  function jobOf(key: string, name = key, at = ''): Changeable<JobPicture> {
    const known = jobs.get(key);
    if (known !== undefined) return known;
    const job: Changeable<JobPicture> = {
      name,
      startedMs: Date.parse(at),
      ran: true,
      step: null,
      conclusion: null,
      durationMs: 0,
      detail: null,
      condition: null,
      summary: '',
    };
    jobs.set(key, job);
    return job;
  }

  function finishStep(event: RunEvent & { kind: 'step_finished' }): void {
    const job = jobOf(event.job);
    const { step } = job;
    job.step = null;
    if (step === null || event.outcome !== 'failure' || event.conclusion !== 'failure') return;
    failures.push({
      job: event.job,
      jobName: job.name,
      stepName: step.name,
      detail: event.detail,
      output: step.output,
    });
  }

  function take(event: RunEvent): void {
    switch (event.kind) {
      case 'job_started':
        jobOf(event.job, event.name, event.at);
        return;
      case 'job_skipped':
        Object.assign(jobOf(event.job, event.name, event.at), {
          ran: false,
          conclusion: event.conclusion,
          detail: event.reason,
          condition: event.condition,
        });
        return;
      case 'step_started':
        jobOf(event.job).step = {
          number: event.step,
          name: event.name,
          phase: event.phase,
          startedMs: Date.parse(event.at),
          output: createStepOutput(createLogFilter(options)),
        };
        return;
      case 'annotation': {
        const job = jobOf(event.job);
        if (annotations.length >= mostAnnotations) return;
        annotations.push({ ...event, jobName: job.name, stepName: job.step?.name ?? '' });
        return;
      }
      case 'step_finished':
        finishStep(event);
        return;
      case 'job_finished':
        Object.assign(jobOf(event.job, event.name, event.at), {
          conclusion: event.conclusion,
          durationMs: event.durationMs,
          detail: event.detail,
          summary: event.summary,
          step: null,
        });
        return;
      case 'run_finished':
        picture.conclusion = event.conclusion;
        picture.durationMs = event.durationMs;
        return;
      case 'run_started':
        picture.started = true;
        picture.jobCount = event.jobs;
        return;
      case 'step_skipped':
      case 'output':
        return;
    }
  }

  return { picture: picture as RunPicture, take };
}
