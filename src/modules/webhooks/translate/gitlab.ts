import { isObject, listAt, numberAt, textAt, valueAt } from '../json.ts';
import { changeNumber, momentOf, pushOf, required, requiredSha } from './common.ts';
import { githubPayload, type RepositoryFacts } from './githubPayload.ts';
import type { Meaning } from './meaning.ts';

/** Reads a payload of GitLab: https://docs.gitlab.com/user/project/integrations/webhook_events/. */
export function readGitlab(event: string, payload: Readonly<Record<string, unknown>>): Meaning {
  switch (textAt(payload, 'object_kind')) {
    case 'push':
    case 'tag_push':
      return pushOf(payload, textAt(payload, 'user_username') ?? textAt(payload, 'user_name'));
    case 'merge_request':
      return readMergeRequest(payload);
    default: {
      const reason = `${event.slice(0, 100)} starts nothing; push, tag push and merge request events do`;
      return { kind: 'ignored', reason };
    }
  }
}

function readMergeRequest(payload: Readonly<Record<string, unknown>>): Meaning {
  const request = valueAt(payload, 'object_attributes');
  const move = moveOf(payload, request);
  if (move === undefined) {
    const said = textAt(request, 'action') ?? 'a merge request without an action';
    return { kind: 'ignored', reason: `${said.slice(0, 100)} starts nothing` };
  }
  const number = changeNumber(required(numberAt, payload, 'object_attributes', 'iid'));
  const headSha = requiredSha(payload, 'object_attributes', 'last_commit', 'id');
  const sender = required(textAt, payload, 'user', 'username');
  const state = textAt(request, 'state');
  const open = state === 'opened' || state === 'locked';
  const [source, target] = [numberAt(request, 'source_project_id'), numberAt(request, 'target_project_id')];
  return {
    kind: 'change',
    change: {
      number,
      action: move.action,
      headSha,
      remoteRef: `refs/merge-requests/${number}/head`,
      fork: source === undefined || source !== target,
      open,
      updatedAt: momentOf(textAt(request, 'updated_at')),
      sender,
      payload: githubPayload({
        ...move,
        number,
        sender,
        open,
        title: textAt(request, 'title') ?? '',
        body: textAt(request, 'description') ?? null,
        draft: valueAt(request, 'draft') === true || valueAt(request, 'work_in_progress') === true,
        merged: state === 'merged',
        mergeCommitSha: textAt(request, 'merge_commit_sha') ?? null,
        url: textAt(request, 'url') ?? '',
        author: authorOf(payload, request, sender),
        labels: titlesOf(listAt(payload, 'labels')),
        createdAt: isoOf(textAt(request, 'created_at')),
        updatedAt: isoOf(textAt(request, 'updated_at')),
        head: {
          ref: textAt(request, 'source_branch') ?? '',
          sha: headSha,
          repository: projectOf(request, 'source', source),
        },
        base: {
          ref: textAt(request, 'target_branch') ?? '',
          sha: null,
          repository: projectOf(request, 'target', target),
        },
      }),
    },
  };
}

interface Move {
  readonly action: string;
  readonly label?: string | undefined;
  readonly before?: string | undefined;
}

const actions: Readonly<Record<string, string>> = {
  open: 'opened',
  reopen: 'reopened',
  close: 'closed',
  merge: 'closed',
};

/**
 * What happened, as GitHub says it; undefined for an approval and the like. One update of GitLab may hold what GitHub
 * would tell one by one: of these it is the one that workflows most likely wait for.
 */
function moveOf(payload: unknown, request: unknown): Move | undefined {
  const said = textAt(request, 'action') ?? '';
  if (said !== 'update') return Object.hasOwn(actions, said) ? { action: actions[said] ?? said } : undefined;
  const before = textAt(request, 'oldrev');
  if (before !== undefined) return { action: 'synchronize', before };
  return draftMove(payload) ?? labelMove(payload) ?? peopleMove(payload) ?? { action: 'edited' };
}

function draftMove(payload: unknown): Move | undefined {
  const draft = valueAt(payload, 'changes', 'draft');
  if (!isObject(draft)) return undefined;
  return { action: draft.current === true ? 'converted_to_draft' : 'ready_for_review' };
}

function labelMove(payload: unknown): Move | undefined {
  if (valueAt(payload, 'changes', 'labels') === undefined) return undefined;
  const previous = titlesOf(listAt(payload, 'changes', 'labels', 'previous'));
  const current = titlesOf(listAt(payload, 'changes', 'labels', 'current'));
  const added = current.find((title) => !previous.includes(title));
  if (added !== undefined) return { action: 'labeled', label: added };
  return { action: 'unlabeled', label: previous.find((title) => !current.includes(title)) };
}

const people = {
  assignees: ['assigned', 'unassigned'],
  reviewers: ['review_requested', 'review_request_removed'],
} as const;

function peopleMove(payload: unknown): Move | undefined {
  for (const [field, [added, removed]] of Object.entries(people)) {
    if (valueAt(payload, 'changes', field) === undefined) continue;
    const previous = listAt(payload, 'changes', field, 'previous').length;
    const current = listAt(payload, 'changes', field, 'current').length;
    return { action: current >= previous ? added : removed };
  }
  return undefined;
}

/** GitLab sends the author's id only: a name is known when the author did it. */
const authorOf = (payload: unknown, request: unknown, sender: string): string | null =>
  numberAt(request, 'author_id') === numberAt(payload, 'user', 'id') ? sender : null;

const titlesOf = (labels: readonly unknown[]): string[] =>
  labels.flatMap((label) => textAt(label, 'title') ?? []);

const isoOf = (text: string | undefined): string | null => {
  const at = momentOf(text);
  return at.getTime() === 0 ? null : at.toISOString();
};

function projectOf(
  request: unknown,
  side: 'source' | 'target',
  id: number | undefined,
): RepositoryFacts | null {
  const fullName = textAt(request, side, 'path_with_namespace');
  if (fullName === undefined) return null;
  return {
    id: id ?? null,
    fullName,
    url: textAt(request, side, 'web_url') ?? '',
    cloneUrl: textAt(request, side, 'git_http_url') ?? '',
    defaultBranch: textAt(request, side, 'default_branch') ?? null,
    private: numberAt(request, side, 'visibility_level') === 0,
  };
}
