import type { Value } from '../expressions/value.ts';
import type { Access, RunDefaults, Step, TemplateEntry } from '../language/model.ts';
import type { YamlNode } from '../language/source.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A job that may start now, on one machine: all that whoever runs it has to know. Plain data. */
export interface JobSpec {
  /** Unique in the run: `test`, `call/test`, `test:2` (the third combination of its matrix). */
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
  /** What its token may do; what is not named it may not. */
  readonly permissions: Readonly<Record<string, Access>>;
  readonly contexts: JobContexts;
  /** `inherit`: all; else only these, each evaluated with the caller's secrets. */
  readonly secrets: 'inherit' | readonly TemplateEntry[];
}

/** The contexts that are known when a job starts. */
export interface JobContexts {
  readonly github: Readonly<Record<string, Value>>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly needs: Readonly<
    Record<string, { readonly result: Conclusion; readonly outputs: Readonly<Record<string, string>> }>
  >;
  readonly strategy: Readonly<Record<string, Value>>;
  readonly matrix: Readonly<Record<string, Value>>;
}

/** How a job ended. `success` with a failed step that may fail, `failure` also at its time limit. */
export interface JobResult {
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
}
