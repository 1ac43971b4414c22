import type { Lingering, ResourceGroup, SharedPlace } from '../../platform/processes/index.ts';
import type { FoundAction } from '../actions/index.ts';
import type { Contexts, Value } from '../expressions/index.ts';
import type { RunDefaults, Step, TemplateEntry } from '../language/model.ts';
import type { Template } from '../language/source.ts';
import type { Conclusion, JobSpec } from '../plan/jobSpec.ts';
import type { StepPhase } from '../run/events.ts';
import type { JobHost } from '../run/jobHost.ts';
import type { CommandState } from './commands/commandState.ts';
import type { JobContainers } from './containers/openContainers.ts';
import type { Masks } from './output/masks.ts';
import type { Observer } from './output/observer.ts';
import type { LogBudget, StepOutput } from './output/stepOutput.ts';
import type { StepControl } from './steps/stepControl.ts';

export type JobStatus = 'success' | 'failure' | 'cancelled';

/** A job that runs: what its steps share and change. */
export interface Job {
  readonly spec: JobSpec;
  readonly host: JobHost;
  readonly place: SharedPlace;
  /** Null without `container` and `services`. */
  readonly containers: JobContainers | null;
  /** Undefined without limits of memory and processes. */
  readonly group: ResourceGroup | undefined;
  readonly observer: Observer;
  readonly masks: Masks;
  readonly budget: LogBudget;
  readonly commands: CommandState;
  /** The contexts that are the same for all steps, and `github` without what differs from step to step. */
  readonly contexts: Contexts & { readonly github: Readonly<Record<string, Value>> };
  readonly runner: Readonly<Record<string, string>>;
  /** Of the workflow and the job, and what steps wrote to GITHUB_ENV. */
  readonly env: Record<string, string>;
  /** What steps wrote to GITHUB_PATH, newest first. */
  path: string[];
  status: JobStatus;
  /** Why the job is stopped as a whole, when a step cannot say it. */
  detail: string | null;
  /** Actions by `uses`, as they were found before the first step. */
  readonly actions: Map<string, FoundAction>;
  /** Steps that run at the moment: one, and those of composite actions in it. */
  readonly running: Set<StepControl>;
  /** What the phases of an action tell each other, by the key of its step. */
  readonly states: Map<string, Record<string, string>>;
  /** To be run in the end, the last one first. */
  readonly posts: PlannedStep[];
  /** Markdown, masked. */
  summary: string;
  stepCount: number;
  commandCount: number;
  readonly lingering: Lingering[];
  /** Of its own steps. */
  readonly scope: Scope;
}

/** Where a step stands: in the job itself, or in a composite action. */
export interface Scope {
  /** Empty for the job. */
  readonly key: string;
  /** Steps by id, for expressions. */
  readonly steps: Record<string, StepRecord>;
  readonly inputs: Value;
  /** What calling steps set for what they call. */
  readonly env: Readonly<Record<string, string>>;
  /** Null in the job itself. */
  readonly action: ActionPlace | null;
  readonly defaults: RunDefaults | null;
  /** Of the job, or of the composite action. */
  status: JobStatus;
  /** How often each name was given to a step. */
  readonly names: Map<string, number>;
}

export interface ActionPlace {
  /** From the job down to this action. */
  readonly chain: readonly string[];
  readonly directory: string;
}

export type StepRecord = {
  readonly outputs: Record<string, string>;
  outcome: Conclusion;
  conclusion: Conclusion;
};

/** A step that may run: what actions/runner knows about one before it evaluates anything. */
export interface PlannedStep {
  /** Where it stands, from the job down: `/2/0`. */
  readonly key: string;
  readonly phase: Extract<StepPhase, 'pre' | 'main' | 'post'>;
  readonly scope: Scope;
  readonly id: string | null;
  /** `github.action`. */
  readonly action: string;
  /** `owner/repo` and the ref of the action that it uses. */
  readonly repository: string;
  readonly ref: string;
  /** May have expressions. */
  readonly name: string;
  readonly condition: string | null;
  readonly env: readonly TemplateEntry[];
  readonly continueOnError: Template | null;
  readonly timeoutMinutes: Template | null;
  /** What the phases of one action tell each other. */
  readonly state: Record<string, string>;
  readonly execute: (run: StepRun) => Promise<Execution>;
}

/** A step that runs. */
export interface StepRun {
  readonly job: Job;
  readonly step: PlannedStep;
  /** What its `env:` came to. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Record<string, string>;
  readonly output: StepOutput;
  readonly control: StepControl;
}

export interface Execution {
  readonly conclusion: JobStatus;
  /** In words, when it did not succeed. */
  readonly detail: string | null;
}

/** Plans the `index`th step of a scope; for steps that have steps inside. */
export type PlanStep = (job: Job, step: Step, scope: Scope, index: number) => PlannedStep;
