/** Something that may start workflows. */
export interface NewTrigger {
  readonly repositoryId: number;
  /** As GitHub names it: `push`, `pull_request`, `workflow_dispatch`, `schedule`. */
  readonly event: string;
  /** In full: `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string;
  /** Which they run for: their checks are of it. The mirror has it. */
  readonly sha: string;
  /** At which workflows are read, and which they run, where that is another one; the mirror has it, too. */
  readonly codeSha?: string | null;
  /** How many runs stand behind it, each started by the one before. */
  readonly depth?: number;
  /** Where a pushed ref pointed before; null for a new one. */
  readonly before: string | null;
  readonly actor: string;
  readonly source: 'push' | 'fetch' | 'webhook' | 'request' | 'schedule' | 'run';
  /** The body of a webhook, as GitHub shapes it; null: it is made of what git knows. */
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** The only workflow that it is for. */
  readonly file?: string | null;
  /** False: from a fork or an unknown author; its jobs get no secrets. */
  readonly trusted: boolean;
  /** Recorded once for each. */
  readonly key?: string | null;
}

export interface TriggerRow {
  id: number;
  repository_id: number;
  event: string;
  ref: string;
  sha: string;
  code_sha: string | null;
  depth: number;
  before: string | null;
  actor: string;
  source: NewTrigger['source'];
  payload: Record<string, unknown> | null;
  inputs: Record<string, unknown>;
  file: string | null;
  trusted: boolean;
  created_at: Date;
  attempts: number;
}

export interface KnownRef {
  ref: string;
  sha: string;
}
