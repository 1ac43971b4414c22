/** What is known of a pull or merge request, whoever keeps it. */
export interface ChangeFacts {
  readonly number: number;
  readonly action: string;
  readonly sender: string;
  readonly title: string;
  readonly body: string | null;
  readonly open: boolean;
  readonly draft: boolean;
  readonly merged: boolean;
  readonly mergeCommitSha: string | null;
  readonly url: string;
  readonly author: string | null;
  readonly labels: readonly string[];
  /** The label that `labeled` or `unlabeled` is about. */
  readonly label?: string | undefined;
  /** Where the head was before, when it was moved. */
  readonly before?: string | undefined;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly head: SideFacts;
  readonly base: SideFacts;
}

interface SideFacts {
  readonly ref: string;
  /** Null when the sender does not say. */
  readonly sha: string | null;
  /** Null when it is gone. */
  readonly repository: RepositoryFacts | null;
}

export interface RepositoryFacts {
  readonly id: number | null;
  /** `owner/name`; with more than one slash where groups have subgroups. */
  readonly fullName: string;
  readonly url: string;
  readonly cloneUrl: string;
  readonly defaultBranch: string | null;
  readonly private: boolean;
}

/** A payload of the shape that workflows know from GitHub: what they read of `github.event`. */
export function githubPayload(facts: ChangeFacts): Record<string, unknown> {
  return {
    action: facts.action,
    number: facts.number,
    ...(facts.label === undefined ? {} : { label: { name: facts.label } }),
    ...(facts.before === undefined ? {} : { before: facts.before, after: facts.head.sha }),
    pull_request: {
      number: facts.number,
      state: facts.open ? 'open' : 'closed',
      title: facts.title,
      body: facts.body,
      draft: facts.draft,
      merged: facts.merged,
      merge_commit_sha: facts.mergeCommitSha,
      html_url: facts.url,
      url: facts.url,
      user: { login: facts.author },
      labels: facts.labels.map((name) => ({ name })),
      created_at: facts.createdAt,
      updated_at: facts.updatedAt,
      head: side(facts.head),
      base: side(facts.base),
    },
    repository: facts.base.repository === null ? null : repository(facts.base.repository),
    sender: { login: facts.sender, type: 'User' },
  };
}

const side = ({ ref, sha, repository: held }: SideFacts) => ({
  ref,
  sha,
  label: held === null ? ref : `${ownerOf(held.fullName)}:${ref}`,
  user: held === null ? null : { login: ownerOf(held.fullName) },
  repo: held === null ? null : repository(held),
});

const repository = (facts: RepositoryFacts) => ({
  id: facts.id,
  name: facts.fullName.slice(facts.fullName.lastIndexOf('/') + 1),
  full_name: facts.fullName,
  owner: { login: ownerOf(facts.fullName) },
  html_url: facts.url,
  clone_url: facts.cloneUrl,
  default_branch: facts.defaultBranch,
  private: facts.private,
});

const ownerOf = (fullName: string): string => fullName.slice(0, Math.max(0, fullName.lastIndexOf('/')));
