import type { Value } from '../expressions/index.ts';
import type { Access, RunDefaults, Step, TemplateEntry, YamlNode } from '../language/index.ts';
import type { GroupClaim } from './schedule/groups.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A job that may start now, on one machine: all that whoever runs it has to know. Plain data. */
export interface JobSpec {
  /** Unique in the run: `test`, `call/test`, `test:2` (the third combination of its matrix), `call:0/test`. */
  readonly key: string;
  /** Of its planned job. */
  readonly path: string;
  readonly id: string;
  /** As people see it: `test (20, ubuntu-latest)`, `call / test`. */
  readonly name: string;
  readonly file: string;
  readonly labels: readonly string[];
  readonly environment: { readonly name: string; readonly url: string | null } | null;
  readonly container: YamlNode | null;
  readonly services: YamlNode | null;
  readonly workflowEnv: readonly TemplateEntry[];
  readonly env: readonly TemplateEntry[];
  readonly defaults: RunDefaults;
  readonly outputs: readonly TemplateEntry[];
  readonly steps: readonly Step[];
  readonly timeoutMinutes: number;
  /** A failure of this job does not fail the run. */
  readonly continueOnError: boolean;
  /** The concurrency groups that it must have to start, in the order in which they are claimed: its calls' first. */
  readonly groups: readonly GroupClaim[];
  /** What its token may do; what is not named it may not. */
  readonly permissions: Readonly<Record<string, Access>>;
  readonly contexts: JobContexts;
  /** `secretsOf` makes the job's secrets of it. */
  readonly secrets: JobSecrets;
}

/** The contexts that are known when a job starts. */
export type JobContexts = {
  readonly github: Readonly<Record<string, Value>>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly needs: Readonly<Record<string, Need>>;
  readonly strategy: Readonly<Record<string, Value>>;
  /** Null without a matrix: `toJSON(matrix)` says so. */
  readonly matrix: Readonly<Record<string, Value>> | null;
};

/** How a job that is needed ended. */
export type Need = {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
};

/**
 * Which secrets a job sees: all of them, none, or those that a call passes on, each evaluated with the contexts of
 * the call and the secrets of whoever calls.
 */
export type JobSecrets =
  | 'inherit'
  | 'none'
  | { readonly entries: readonly TemplateEntry[]; readonly contexts: JobContexts; readonly of: JobSecrets };

/** How a job ended. `success` with a failed step that may fail, `failure` also at its time limit. */
export interface JobResult {
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}
