import type { Value } from '../expressions/index.ts';
import type {
  Access,
  Concurrency,
  Finding,
  InputDefinition,
  Located,
  Range,
  RunDefaults,
  Step,
  Template,
  TemplateEntry,
  YamlNode,
} from '../language/index.ts';

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
  /** The whole `github` context but for what differs from job to job (`job`, `action`, paths, `token`). */
  readonly github: Readonly<Record<string, Value>>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly vars: Readonly<Record<string, string>>;
  /** What the event's origin leaves of the secrets: a pull request from a fork gets none. */
  readonly secrets: 'inherit' | 'none';
  readonly machine: Machine;
  /** Of combinations that have these keys, only those with one of the values are wanted. */
  readonly matrixSelection: Readonly<Record<string, readonly string[]>>;
  /** Of the run as a whole: its group is had before its first job starts, and until its conclusion. */
  readonly concurrency: PlannedConcurrency | null;
  /** Of the workflow and of those that it calls, in the order of the files; calls stand before what they call. */
  readonly jobs: readonly PlannedJob[];
}

/** What jobs can run on. */
export interface Machine {
  readonly architecture: 'x64' | 'arm64';
  /**
   * Which it has besides `ubuntu-*`, `debian-*`, `linux`, `self-hosted` and its architecture. `any`: whoever hands out
   * jobs knows which machines there are, and says so when none has them.
   */
  readonly labels: readonly string[] | 'any';
  /** Whether `container:` and `services:` can be had. */
  readonly containerEngine: boolean;
}

export interface PlannedConcurrency {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: Concurrency['queue'];
}

/** A job before its needs have ended: what depends on them is not evaluated yet. */
export type PlannedJob = PlannedStepsJob | PlannedCall;

interface PlannedBase {
  /** Unique in the plan: `test`, or `call/test` inside of a called workflow. */
  readonly path: string;
  /** As in its file; what `needs` names there. */
  readonly id: string;
  /** The path of the call that it belongs to; null in the workflow itself. */
  readonly call: string | null;
  /** In which file it is written, and where. */
  readonly file: string;
  readonly at: Range;
  readonly name: Template | null;
  /** Ids of jobs of the same file. */
  readonly needs: readonly string[];
  readonly if: Template | null;
  readonly matrix: PlannedMatrix;
  readonly failFast: Template | null;
  readonly maxParallel: Template | null;
  /** What its token may do at most, after all that its callers took away. */
  readonly permissions: Readonly<Record<string, Access>>;
  /** As it is written: it may depend on what it needs and on the matrix. */
  readonly concurrency: Concurrency | null;
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
  readonly timeoutMinutes: Template | null;
  readonly continueOnError: Template | null;
  readonly container: YamlNode | null;
  readonly services: YamlNode | null;
  readonly steps: readonly Step[];
}

export interface PlannedCall extends PlannedBase {
  readonly kind: 'call';
  readonly uses: Located<string>;
  /** Of the called workflow, applied when it starts: `with` may depend on what the call needs. */
  readonly inputs: readonly InputDefinition[];
  readonly with: readonly { readonly name: Located<string>; readonly value: YamlNode }[];
  readonly secrets: 'inherit' | readonly TemplateEntry[];
  /** Of the called workflow, as they are written in its file. */
  readonly outputs: readonly TemplateEntry[];
  readonly calledFile: string;
  /** At the top of the called workflow; held for the call. */
  readonly calledConcurrency: Concurrency | null;
}

export type PlannedMatrix =
  | { readonly kind: 'none' }
  | { readonly kind: 'combinations'; readonly combinations: readonly Combination[] }
  /** It depends on what the job needs, or on inputs that do. */
  | { readonly kind: 'deferred'; readonly node: YamlNode };

/** One job of a matrix. */
export interface Combination {
  readonly values: Readonly<Record<string, Value>>;
  /** What stands in parentheses behind the job's name: values of the axes, without those that `include` adds. */
  readonly label: string;
}
