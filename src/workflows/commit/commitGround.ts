/** Where GitHub looks for workflows. */
export const workflowsDirectory = '.github/workflows';

/** A bare repository, and what its workflows are told of it. */
export interface CommitGround {
  readonly gitDir: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly serverUrl: string;
  readonly defaultBranch: string;
  /** Where that branch is now; null: it is not there. */
  readonly defaultSha: string | null;
  /** Directories and git base URLs to take actions from. */
  readonly actions: readonly string[];
  /** What servers gave is kept here. */
  readonly actionCache: string;
  /** For copies of actions; the caller removes it. */
  readonly scratch: string;
}

/** What happened in that repository. Plain data. */
export interface CommitTrigger {
  /** As GitHub names it. */
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  /** Where a pushed ref pointed before. */
  readonly before: string | null;
  readonly actor: string;
  /** The body of its webhook; null: it is made of what git knows. */
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** False: it gets no secrets, whatever the payload says. */
  readonly trusted: boolean;
}
