import type { Value } from '../expressions/value.ts';
import type { Permissions, RunDefaults, Step, TemplateEntry } from '../language/model.ts';
import type { Finding, YamlNode } from '../language/source.ts';

/** What comes of a workflow and an event. */
export type PlanResult =
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** The event does not start it; `reason` says which filter, in words. */
  | { readonly kind: 'not-started'; readonly reason: string }
  /** It cannot run here, or is wrong; never counts as passed. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** What will run. Plain data, frozen when the run begins. */
export interface Plan {
  readonly file: string;
  readonly name: string;
  readonly runName: string;
  /** The whole `github` context but for what differs from job to job (`job`, `action`, paths). */
  readonly github: Readonly<Record<string, Value>>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly concurrency: PlannedConcurrency | null;
  /** Of the workflow and of those that it calls, in the order of the files; calls stand before what they call. */
  readonly jobs: readonly PlannedJob[];
}

export interface PlannedConcurrency {
  readonly group: string;
  readonly cancelInProgress: boolean;
}

/** A job before its needs have ended: what depends on them is not evaluated yet. */
export type PlannedJob = PlannedStepsJob | PlannedCall;

interface PlannedBase {
  /** Unique in the run: `test`, or `call/test` inside of a called workflow. */
  readonly path: string;
  /** As in its file; what `needs` names there. */
  readonly id: string;
  /** The path of the call that it belongs to; null in the workflow itself. */
  readonly call: string | null;
  /** In which file it is written. */
  readonly file: string;
  readonly name: string | null;
  /** Paths of jobs of the same file. */
  readonly needs: readonly string[];
  readonly if: string | null;
  readonly line: number;
  readonly matrix: PlannedMatrix;
  readonly permissions: Permissions | null;
  /** As it is written: it may depend on what it needs and on the matrix. */
  readonly concurrency: { readonly group: string; readonly cancelInProgress: string | null } | null;
}

export interface PlannedStepsJob extends PlannedBase {
  readonly kind: 'steps';
  readonly runsOn: YamlNode;
  readonly environment: YamlNode | null;
  readonly workflowEnv: readonly TemplateEntry[];
  readonly env: readonly TemplateEntry[];
  /** The job's over those of the workflow. */
  readonly defaults: RunDefaults;
  readonly outputs: readonly TemplateEntry[];
  readonly timeoutMinutes: string | null;
  readonly continueOnError: string | null;
  readonly container: YamlNode | null;
  readonly services: YamlNode | null;
  readonly steps: readonly Step[];
}

export interface PlannedCall extends PlannedBase {
  readonly kind: 'call';
  readonly uses: string;
  readonly with: readonly { readonly name: string; readonly value: YamlNode }[];
  readonly secrets: 'inherit' | readonly TemplateEntry[];
  /** Of the called workflow: its inputs' definitions are applied when it starts. */
  readonly outputs: readonly TemplateEntry[];
}

export type PlannedMatrix =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'combinations';
      readonly combinations: readonly Combination[];
      readonly failFast: string | null;
      readonly maxParallel: string | null;
    }
  /** It depends on what the job needs. */
  | {
      readonly kind: 'deferred';
      readonly matrix: YamlNode;
      readonly failFast: string | null;
      readonly maxParallel: string | null;
    };

export type Combination = Readonly<Record<string, Value>>;
