import type { Value } from '../../expressions/index.ts';
import type { CheckoutFacts, HeadCommit, Person } from '../checkout/describeCheckout.ts';

/** An event as it would come from GitHub. */
export interface LocalEvent {
  readonly name: string;
  readonly payload: Payload;
}

export type Payload = Readonly<Record<string, Value>>;

const noCommit = '0'.repeat(40);

/** The event that the checkout as it stands would cause; what `given` holds of it counts more. */
export function localEvent(
  name: string,
  facts: CheckoutFacts,
  given: { readonly payload: Payload; readonly inputs: Payload },
): LocalEvent {
  const repository = repositoryPayload(facts);
  const sender = { login: loginOf(facts.actor), type: 'User' };
  const own = (payloads[name] ?? (() => ({})))(facts, given.inputs);
  return { name, payload: { ...own, repository, sender, ...given.payload } };
}

/** The name of an account, made of the name of a person. */
export const loginOf = ({ name }: Person): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase() || 'local';

/** `refs/heads/main`: where HEAD is; of one that is nowhere, the default branch. */
export const refOf = ({ branch, tag, defaultBranch }: CheckoutFacts): string =>
  tag === null ? `refs/heads/${branch ?? defaultBranch}` : `refs/tags/${tag}`;

const payloads: Readonly<Record<string, (facts: CheckoutFacts, inputs: Payload) => Payload>> = {
  push: pushPayload,
  pull_request: pullRequestPayload,
  pull_request_target: pullRequestPayload,
  workflow_dispatch: (facts, inputs) => ({ ref: refOf(facts), inputs }),
  schedule: () => ({ schedule: '' }),
};

function pushPayload(facts: CheckoutFacts): Payload {
  const { commit, actor } = facts;
  const head = commit === null ? null : commitPayload(commit);
  return {
    ref: refOf(facts),
    before: commit?.parent ?? noCommit,
    after: commit?.sha ?? noCommit,
    base_ref: null,
    created: commit?.parent == null,
    deleted: false,
    forced: false,
    commits: head === null ? [] : [head],
    head_commit: head,
    pusher: { name: loginOf(actor), email: actor.email },
  };
}

function commitPayload({ sha, tree, message, at, author, committer }: HeadCommit): Payload {
  const person = ({ name, email }: Person) => ({ name, email, username: loginOf({ name, email }) });
  return {
    id: sha,
    tree_id: tree,
    distinct: true,
    message,
    timestamp: at,
    author: person(author),
    committer: person(committer),
  };
}

/** The branch that is checked out, asking to be merged into the default branch. */
function pullRequestPayload(facts: CheckoutFacts): Payload {
  const { commit, branch, defaultBranch, actor } = facts;
  const repo = repositoryPayload(facts);
  const user = { login: loginOf(actor), type: 'User' };
  const sha = commit?.sha ?? noCommit;
  const [title = '', ...body] = (commit?.message ?? '').split('\n');
  return {
    action: 'opened',
    number: 1,
    pull_request: {
      number: 1,
      state: 'open',
      title,
      body: body.join('\n').trim() || null,
      draft: false,
      merged: false,
      labels: [],
      user,
      author_association: 'OWNER',
      head: { ref: branch ?? defaultBranch, sha, repo, user },
      base: { ref: defaultBranch, sha: commit?.parent ?? sha, repo, user },
    },
  };
}

function repositoryPayload({ repository, defaultBranch, originUrl }: CheckoutFacts): Payload {
  const [owner = '', name = ''] = repository.split('/');
  return {
    name,
    full_name: repository,
    owner: { login: owner, name: owner, type: 'User' },
    default_branch: defaultBranch,
    master_branch: defaultBranch,
    private: true,
    fork: false,
    clone_url: originUrl,
    html_url: `https://github.com/${repository}`,
    url: `https://github.com/${repository}`,
  };
}
