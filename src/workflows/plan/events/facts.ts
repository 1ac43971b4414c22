/** What is known of a git checkout when a run is made of it. */
export interface CheckoutFacts {
  /** `owner/name`: of the origin's URL, else made of the directory's name. */
  readonly repository: string;
  /** `https://github.com`, or where the origin is. */
  readonly serverUrl: string;
  readonly defaultBranch: string;
  /** Of the commit that runs, in full. */
  readonly sha: string;
  /** `refs/heads/main`, `refs/tags/v1`; of a detached head the branch it most likely is of. */
  readonly ref: string;
  /** Its first parent, or null. */
  readonly before: string | null;
  readonly commit: CommitFacts;
  /** Who runs it: a name to log in with. */
  readonly actor: string;
  readonly run: { readonly id: number; readonly number: number; readonly attempt: number };
}

export interface CommitFacts {
  readonly sha: string;
  readonly treeSha: string;
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly added: readonly string[];
  readonly modified: readonly string[];
  readonly removed: readonly string[];
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

/** Stands for "no commit" in payloads. */
export const noSha = '0'.repeat(40);
