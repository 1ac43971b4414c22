import { listAt, numberAt, textAt, valueAt } from '../json.ts';
import { changeNumber, momentOf, pushOf, required, requiredSha } from './common.ts';
import { isFork } from './github.ts';
import { githubPayload, type RepositoryFacts } from './githubPayload.ts';
import type { Meaning } from './meaning.ts';

/** Reads a payload of Gitea or Forgejo: https://docs.gitea.com/usage/repository/webhooks. */
export function readGitea(event: string, payload: Readonly<Record<string, unknown>>): Meaning {
  if (event === 'push') return pushOf(payload, senderOf(payload));
  // A branch that is deleted sends no push, and one that is made sends both.
  if (event === 'create' || event === 'delete') {
    const what = `${textAt(payload, 'ref_type') ?? 'ref'} ${textAt(payload, 'ref') ?? ''}`.slice(0, 300);
    return { kind: 'push', pushed: undefined, summary: `${what} ${event}d` };
  }
  if (changeEvents.has(event)) return readPullRequest(payload);
  return { kind: 'ignored', reason: `${event.slice(0, 100)} starts nothing; push and pull_request do` };
}

const changeEvents = new Set([
  'pull_request',
  ...['sync', 'label', 'assign', 'milestone', 'review_request'].map((kind) => `pull_request_${kind}`),
]);

/** Gitea's words for what GitHub calls otherwise. */
const actions: Readonly<Record<string, string>> = {
  synchronized: 'synchronize',
  label_updated: 'labeled',
  label_cleared: 'unlabeled',
};

const senderOf = (payload: unknown): string | undefined =>
  textAt(payload, 'sender', 'login') ??
  textAt(payload, 'sender', 'username') ??
  textAt(payload, 'pusher', 'login');

function readPullRequest(payload: Readonly<Record<string, unknown>>): Meaning {
  const said = required(textAt, payload, 'action');
  if (said === 'reviewed') return { kind: 'ignored', reason: 'a review starts nothing' };
  const request = valueAt(payload, 'pull_request');
  const number = changeNumber(numberAt(payload, 'number') ?? required(numberAt, request, 'number'));
  const action = Object.hasOwn(actions, said) ? (actions[said] ?? said) : said;
  const sender = senderOf(payload) ?? required(textAt, payload, 'sender', 'login');
  const headSha = requiredSha(payload, 'pull_request', 'head', 'sha');
  const open = textAt(request, 'state') === 'open';
  const baseRepository = valueAt(request, 'base', 'repo') ?? valueAt(payload, 'repository');
  return {
    kind: 'change',
    change: {
      number,
      action,
      headSha,
      remoteRef: `refs/pull/${number}/head`,
      fork: isFork(request),
      open,
      updatedAt: momentOf(textAt(request, 'updated_at')),
      sender,
      payload: githubPayload({
        number,
        action,
        sender,
        title: textAt(request, 'title') ?? '',
        body: textAt(request, 'body') ?? null,
        open,
        draft: valueAt(request, 'draft') === true,
        merged: valueAt(request, 'merged') === true,
        mergeCommitSha: textAt(request, 'merge_commit_sha') ?? null,
        url: textAt(request, 'html_url') ?? '',
        author: textAt(request, 'user', 'login') ?? null,
        labels: listAt(request, 'labels').flatMap((label) => textAt(label, 'name') ?? []),
        createdAt: textAt(request, 'created_at') ?? null,
        updatedAt: textAt(request, 'updated_at') ?? null,
        head: {
          ref: branchOf(request, 'head'),
          sha: headSha,
          repository: repositoryOf(valueAt(request, 'head', 'repo')),
        },
        base: {
          ref: branchOf(request, 'base'),
          sha: textAt(request, 'base', 'sha') ?? null,
          repository: repositoryOf(baseRepository),
        },
      }),
    },
  };
}

/** The `ref` of a branch that is gone is that of the pull request; its label is its name. */
const branchOf = (request: unknown, side: 'head' | 'base'): string => {
  const ref = textAt(request, side, 'ref') ?? '';
  return ref.startsWith('refs/') ? (textAt(request, side, 'label') ?? ref) : ref;
};

function repositoryOf(repository: unknown): RepositoryFacts | null {
  const fullName = textAt(repository, 'full_name');
  if (fullName === undefined) return null;
  return {
    id: numberAt(repository, 'id') ?? null,
    fullName,
    url: textAt(repository, 'html_url') ?? '',
    cloneUrl: textAt(repository, 'clone_url') ?? '',
    defaultBranch: textAt(repository, 'default_branch') ?? null,
    private: valueAt(repository, 'private') === true,
  };
}
