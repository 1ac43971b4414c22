import type { Value } from '../../expressions/index.ts';
import { likelyActivity } from './activities.ts';
import { type CheckoutFacts, noSha, type Signature } from './facts.ts';
import type { Payload } from './payload.ts';

/** What the caller of a run says about its event. */
export interface EventWishes {
  readonly activity?: string | null;
  /** Of `workflow_dispatch`, as texts. */
  readonly inputs?: Readonly<Record<string, Value>>;
  /** Of `schedule`. */
  readonly cron?: string | null;
  /** Of `workflow_run`: the name of the workflow that has ended. */
  readonly workflow?: string | null;
}

/** The payload that GitHub would have sent about this checkout, with what is known here and nothing made up. */
export function synthesizePayload(event: string, facts: CheckoutFacts, wishes: EventWishes = {}): Payload {
  const activity = wishes.activity ?? likelyActivity(event);
  const of = bodies[event];
  return {
    ...(activity === null ? {} : { action: activity }),
    ...of?.(facts, wishes),
    repository: repositoryOf(facts),
    sender: userOf(facts),
  };
}

type Body = (facts: CheckoutFacts, wishes: EventWishes) => Payload;

const bodies: Readonly<Record<string, Body>> = {
  push,
  pull_request: (facts) => ({ number: 1, pull_request: pullRequest(facts) }),
  pull_request_target: (facts) => ({ number: 1, pull_request: pullRequest(facts) }),
  pull_request_review: (facts) => ({
    pull_request: pullRequest(facts),
    review: { id: 1, body: '', state: 'approved', user: userOf(facts) },
  }),
  pull_request_review_comment: (facts) => ({
    pull_request: pullRequest(facts),
    comment: { id: 1, body: '', user: userOf(facts) },
  }),
  workflow_dispatch: (facts, { inputs = {} }) => ({ ref: facts.ref, inputs }),
  workflow_call: push,
  schedule: (_facts, { cron = null }) => ({ schedule: cron }),
  repository_dispatch: (facts, { activity = null }) => ({
    action: activity ?? '',
    branch: facts.defaultBranch,
    client_payload: {},
  }),
  merge_group: mergeGroup,
  workflow_run: workflowRun,
  release: (facts) => ({ release: release(facts) }),
  issues: (facts) => ({ issue: issue(facts) }),
  issue_comment: (facts) => ({ issue: issue(facts), comment: { id: 1, body: '', user: userOf(facts) } }),
  create: (facts) => ({
    ref: shortRef(facts.ref),
    ref_type: refType(facts.ref),
    master_branch: facts.defaultBranch,
  }),
  delete: (facts) => ({ ref: shortRef(facts.ref), ref_type: refType(facts.ref) }),
};

function push(facts: CheckoutFacts): Payload {
  const head = headCommit(facts);
  const { name, email } = facts.commit.committer;
  return {
    ref: facts.ref,
    before: facts.before ?? noSha,
    after: facts.sha,
    base_ref: null,
    created: facts.before === null,
    deleted: false,
    forced: false,
    compare: `${facts.serverUrl}/${facts.repository}/compare/${facts.before ?? noSha}...${facts.sha}`,
    commits: [head],
    head_commit: head,
    pusher: { name, email },
  };
}

/** Without the names of its files, as in the payload that GitHub gives to workflows: with thousands, `toJSON(github)` fits into no variable. */
function headCommit({ commit, serverUrl, repository, actor }: CheckoutFacts): Payload {
  const who = ({ name, email }: Signature): Payload => ({ name, email, username: actor });
  return {
    id: commit.sha,
    tree_id: commit.treeSha,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.at.toISOString(),
    url: `${serverUrl}/${repository}/commit/${commit.sha}`,
    author: who(commit.author),
    committer: who(commit.committer),
  };
}

function pullRequest(facts: CheckoutFacts): Payload {
  const { serverUrl, repository, sha, commit, defaultBranch } = facts;
  const [title = '', ...body] = commit.message.split('\n');
  const repo = repositoryOf(facts);
  const user = userOf(facts);
  const branch = shortRef(facts.ref);
  return {
    number: 1,
    html_url: `${serverUrl}/${repository}/pull/1`,
    state: 'open',
    title,
    body: body.join('\n').trim(),
    draft: false,
    merged: false,
    mergeable: true,
    merge_commit_sha: sha,
    labels: [],
    assignees: [],
    requested_reviewers: [],
    milestone: null,
    user,
    author_association: 'OWNER',
    head: { ref: branch, sha, label: `${ownerOf(repository)}:${branch}`, repo, user },
    base: {
      ref: defaultBranch,
      sha: facts.before ?? sha,
      label: `${ownerOf(repository)}:${defaultBranch}`,
      repo,
      user,
    },
  };
}

function mergeGroup(facts: CheckoutFacts): Payload {
  const base = `refs/heads/${facts.defaultBranch}`;
  return {
    merge_group: {
      head_sha: facts.sha,
      head_ref: `refs/heads/gh-readonly-queue/${facts.defaultBranch}/pr-1-${facts.sha}`,
      base_sha: facts.before ?? noSha,
      base_ref: base,
      head_commit: headCommit(facts),
    },
  };
}

function workflowRun(facts: CheckoutFacts, { workflow = null }: EventWishes): Payload {
  return {
    workflow: { name: workflow },
    workflow_run: {
      id: facts.run.id,
      name: workflow,
      event: 'push',
      status: 'completed',
      conclusion: 'success',
      head_branch: shortRef(facts.ref),
      head_sha: facts.sha,
      head_commit: headCommit(facts),
      head_repository: repositoryOf(facts),
      run_number: facts.run.number,
      run_attempt: facts.run.attempt,
      pull_requests: [],
    },
  };
}

function release(facts: CheckoutFacts): Payload {
  const tag = refType(facts.ref) === 'tag' ? shortRef(facts.ref) : 'v0.0.0';
  return {
    id: 1,
    tag_name: tag,
    name: tag,
    body: '',
    draft: false,
    prerelease: false,
    target_commitish: facts.defaultBranch,
    html_url: `${facts.serverUrl}/${facts.repository}/releases/tag/${tag}`,
    author: userOf(facts),
    assets: [],
  };
}

function issue(facts: CheckoutFacts): Payload {
  return {
    number: 1,
    title: '',
    body: '',
    state: 'open',
    labels: [],
    assignees: [],
    user: userOf(facts),
    html_url: `${facts.serverUrl}/${facts.repository}/issues/1`,
  };
}

function repositoryOf({ repository, serverUrl, defaultBranch }: CheckoutFacts): Payload {
  const name = repository.slice(repository.indexOf('/') + 1);
  return {
    name,
    full_name: repository,
    private: false,
    fork: false,
    html_url: `${serverUrl}/${repository}`,
    clone_url: `${serverUrl}/${repository}.git`,
    default_branch: defaultBranch,
    master_branch: defaultBranch,
    owner: { login: ownerOf(repository), name: ownerOf(repository), type: 'User' },
  };
}

function userOf({ actor }: CheckoutFacts): Payload {
  return { login: actor, type: 'User' };
}

export function ownerOf(repository: string): string {
  return repository.split('/')[0] ?? repository;
}

/** `main` of `refs/heads/main`. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull|remotes)\//, '');
}

export function refType(ref: string): 'branch' | 'tag' {
  return ref.startsWith('refs/tags/') ? 'tag' : 'branch';
}
