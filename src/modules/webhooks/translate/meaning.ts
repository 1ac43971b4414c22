/** What a delivery asks for. */
export type Meaning =
  | { readonly kind: 'ping' }
  | {
      readonly kind: 'push';
      /** Undefined when a ref is gone, or nobody is named. */
      readonly pushed: Pushed | undefined;
      readonly summary: string;
    }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'group'; readonly group: MergeGroup }
  | { readonly kind: 'ignored'; readonly reason: string };

/** A branch or tag that somebody moved. */
export interface Pushed {
  /** In full. */
  readonly ref: string;
  readonly sha: string;
  readonly sender: string;
}

/** Something happened to a pull or merge request. */
export interface Change {
  readonly number: number;
  /** As GitHub names it. */
  readonly action: string;
  readonly headSha: string;
  /** Where its provider keeps the head. */
  readonly remoteRef: string;
  /** The head lies in another repository, or in one that is gone. */
  readonly fork: boolean;
  readonly open: boolean;
  readonly updatedAt: Date;
  readonly sender: string;
  /** As GitHub would send it. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Changes that a merge queue has put together, to see whether they pass before they are merged. */
export interface MergeGroup {
  /** In full: the queue's own branch, `refs/heads/gh-readonly-queue/main/pr-7-…`. */
  readonly ref: string;
  readonly sha: string;
  readonly sender: string;
  readonly payload: Readonly<Record<string, unknown>>;
}
