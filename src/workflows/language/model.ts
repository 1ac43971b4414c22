import type { Located, Range, Template, YamlNode } from './source.ts';

/** A workflow file as it is written: read, valid by itself, nothing evaluated. Plain data. */
export interface Workflow {
  /** Relative to the repository: `.github/workflows/test.yml`. */
  readonly file: string;
  readonly name: Located<string> | null;
  readonly runName: Template | null;
  readonly on: readonly Trigger[];
  readonly env: readonly TemplateEntry[];
  readonly defaults: RunDefaults;
  readonly permissions: Permissions | null;
  readonly concurrency: Concurrency | null;
  readonly jobs: readonly Job[];
}

/**
 * `NAME: text`, in the order of the file. The name `${{ insert }}` stands for the entries of the object that the text
 * yields: `env: ${{ fromJSON(…) }}` is one such entry.
 */
export interface TemplateEntry {
  readonly name: Located<string>;
  readonly text: Template;
}

/** An event that starts the workflow, with its filters. Lists are patterns as they are written. */
export interface Trigger {
  readonly event: Located<string>;
  readonly types: readonly Located<string>[] | null;
  readonly branches: readonly Located<string>[] | null;
  readonly branchesIgnore: readonly Located<string>[] | null;
  readonly tags: readonly Located<string>[] | null;
  readonly tagsIgnore: readonly Located<string>[] | null;
  readonly paths: readonly Located<string>[] | null;
  readonly pathsIgnore: readonly Located<string>[] | null;
  /** Of `workflow_run`. */
  readonly workflows: readonly Located<string>[] | null;
  /** Of `schedule`. */
  readonly crons: readonly { readonly cron: Located<string>; readonly timezone: Located<string> | null }[];
  /** Of `workflow_dispatch` and `workflow_call`. */
  readonly inputs: readonly InputDefinition[];
  /** Of `workflow_call`. */
  readonly secrets: readonly { readonly name: Located<string>; readonly required: boolean }[];
  readonly outputs: readonly TemplateEntry[];
}

export interface InputDefinition {
  readonly name: Located<string>;
  readonly description: string | null;
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly required: boolean;
  readonly default: YamlNode | null;
  readonly options: readonly string[];
}

export interface RunDefaults {
  readonly shell: Template | null;
  readonly workingDirectory: Template | null;
}

export type Access = 'read' | 'write' | 'none';
/** For all scopes, or scope by scope; a scope that is not named has none. */
export type Permissions =
  | { readonly all: 'read' | 'write' | 'none' }
  | { readonly scopes: Readonly<Record<string, Access>> };

export interface Concurrency {
  readonly group: Template;
  readonly cancelInProgress: Template | null;
  /** Whether all wait for their turn, or the newest only. */
  readonly queue: 'single' | 'max';
  readonly at: Range;
}

export type Job = StepsJob | CallJob;

interface JobBase {
  readonly id: Located<string>;
  readonly name: Template | null;
  readonly needs: readonly Located<string>[];
  /** The condition without its `${{ }}`, as it is written. */
  readonly if: Template | null;
  readonly permissions: Permissions | null;
  readonly concurrency: Concurrency | null;
  readonly strategy: Strategy | null;
  /** Keys that GitHub knows and this engine does not: `snapshot`. Whoever plans refuses them. */
  readonly unsupported: readonly Located<string>[];
}

/** A job that runs steps on a machine. */
export interface StepsJob extends JobBase {
  readonly kind: 'steps';
  /** A label, a list of them, or `{group, labels}`. */
  readonly runsOn: YamlNode;
  readonly environment: YamlNode | null;
  readonly env: readonly TemplateEntry[];
  readonly defaults: RunDefaults;
  readonly outputs: readonly TemplateEntry[];
  readonly timeoutMinutes: Template | null;
  readonly continueOnError: Template | null;
  readonly container: YamlNode | null;
  readonly services: YamlNode | null;
  readonly steps: readonly Step[];
}

/** A job that calls a reusable workflow. */
export interface CallJob extends JobBase {
  readonly kind: 'call';
  /** `./.github/workflows/x.yml`, the same with `$/`, or `owner/repo/.github/workflows/x.yml@ref`. */
  readonly uses: Located<string>;
  readonly with: readonly { readonly name: Located<string>; readonly value: YamlNode }[];
  readonly secrets: 'inherit' | readonly TemplateEntry[];
}

export interface Strategy {
  /** A mapping of axes with `include` and `exclude`, or one expression that yields it. */
  readonly matrix: YamlNode | null;
  readonly failFast: Template | null;
  readonly maxParallel: Template | null;
  /** The whole of it as one expression; all else is null then. */
  readonly expression: Template | null;
  readonly at: Range;
}

/** A step of a job or of a composite action. */
export interface Step {
  readonly id: Located<string> | null;
  readonly name: Template | null;
  /** The condition without its `${{ }}`, as it is written. */
  readonly if: Template | null;
  readonly env: readonly TemplateEntry[];
  readonly continueOnError: Template | null;
  readonly timeoutMinutes: Template | null;
  readonly does: RunScript | UseAction | UnsupportedStep;
  readonly at: Range;
}

/** What GitHub can do and this engine cannot: `background`, `wait`, `parallel`. Whoever plans refuses it. */
export interface UnsupportedStep {
  readonly kind: 'unsupported';
  readonly what: Located<string>;
}

export interface RunScript {
  readonly kind: 'run';
  readonly script: Template;
  readonly shell: Template | null;
  readonly workingDirectory: Template | null;
}

export interface UseAction {
  readonly kind: 'uses';
  /** `./path` in the workspace, `$/path` in the repository of the file, `owner/repo[/path]@ref`, `docker://image`. */
  readonly uses: Located<string>;
  readonly with: readonly TemplateEntry[];
}

/** An `action.yml` as it is written. */
export interface ActionDefinition {
  readonly file: string;
  readonly name: string;
  readonly description: string | null;
  readonly inputs: readonly ActionInput[];
  /** Of a composite action with their values; of others with none. */
  readonly outputs: readonly { readonly name: Located<string>; readonly value: Template | null }[];
  readonly runs: CompositeRuns | NodeRuns | DockerRuns;
}

export interface ActionInput {
  readonly name: Located<string>;
  readonly required: boolean;
  /** As text, as the action gets it. */
  readonly default: Template | null;
  readonly deprecationMessage: string | null;
}

export interface CompositeRuns {
  readonly kind: 'composite';
  readonly steps: readonly Step[];
}

export interface NodeRuns {
  readonly kind: 'node';
  /** As it is written: `node20`, `node24`. */
  readonly using: Located<string>;
  readonly main: string;
  readonly pre: string | null;
  readonly preIf: string | null;
  readonly post: string | null;
  readonly postIf: string | null;
}

export interface DockerRuns {
  readonly kind: 'docker';
  readonly image: Located<string>;
}
