import type { Finding } from '../language/index.ts';
import type { Conclusion, Payload, Selection } from '../plan/index.ts';
import type { Observe } from './events.ts';
import type { JobLimits } from './jobHost.ts';

/** A run of a workflow on this machine, as somebody asks for it. */
export interface RunWorkflowOptions {
  /** In a checkout; `workflow` is found from here. */
  readonly directory: string;
  /** A path, the name of a file in `.github/workflows`, or the name of a workflow. */
  readonly workflow: string;
  /** Null: one that the workflow asks for, and its filters do not count. */
  readonly event: string | null;
  /** Of the event; null: what the checkout as it stands would cause. */
  readonly payload: Payload | null;
  readonly inputs: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** For all steps, under what the workflow says itself. */
  readonly env: Readonly<Record<string, string>>;
  readonly select: Selection;
  /** Workspaces begin empty, not with the working tree. */
  readonly clean: boolean;
  /** What the run made stays. */
  readonly keep: boolean;
  readonly jobsAtOnce: number;
  readonly isolation: 'auto' | 'none' | 'namespace' | 'container';
  /** What jobs run in where isolation is by containers. */
  readonly image: string | null;
  readonly limits: JobLimits;
  /** Directories and git base URLs to take actions from. */
  readonly actions: readonly string[];
  /** Where artifacts are kept, absolute; null: with the run. */
  readonly artifacts: string | null;
  readonly debug: boolean;
  /** Of this process. */
  readonly processEnv: Readonly<Record<string, string | undefined>>;
  readonly observe: Observe;
  /** Something that is no event, for people. */
  readonly note: (text: string) => void;
  readonly cancel: AbortSignal;
  readonly kill: AbortSignal;
  readonly now: () => Date;
}

/** What came of it. `refused`: it is wrong, or cannot run here; nothing ran. */
export type RunOutcome =
  | { readonly kind: 'finished'; readonly conclusion: Conclusion }
  | {
      readonly kind: 'refused';
      readonly findings: readonly Finding[];
      readonly sources: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'not-started'; readonly file: string; readonly event: string; readonly reason: string };
