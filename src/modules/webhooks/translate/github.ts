import { numberAt, textAt, valueAt } from '../json.ts';
import { changeNumber, momentOf, pushOf, required, requiredBranch, requiredSha } from './common.ts';
import type { Meaning } from './meaning.ts';

/** Reads a payload of GitHub: https://docs.github.com/en/webhooks/webhook-events-and-payloads. */
export function readGithub(event: string, payload: Readonly<Record<string, unknown>>): Meaning {
  switch (event) {
    case 'ping':
      return { kind: 'ping' };
    case 'push':
      return pushOf(payload, textAt(payload, 'sender', 'login') ?? textAt(payload, 'pusher', 'name'));
    case 'pull_request':
      return readPullRequest(payload);
    case 'merge_group':
      return readMergeGroup(payload);
    default:
      return {
        kind: 'ignored',
        reason: `${event.slice(0, 100)} starts nothing; push, pull_request and merge_group do`,
      };
  }
}

function readPullRequest(payload: Readonly<Record<string, unknown>>): Meaning {
  const number = changeNumber(required(numberAt, payload, 'number'));
  const request = valueAt(payload, 'pull_request');
  return {
    kind: 'change',
    change: {
      number,
      action: required(textAt, payload, 'action'),
      headSha: requiredSha(payload, 'pull_request', 'head', 'sha'),
      remoteRef: `refs/pull/${number}/head`,
      fork: isFork(request),
      open: textAt(request, 'state') === 'open',
      updatedAt: momentOf(textAt(request, 'updated_at')),
      sender: required(textAt, payload, 'sender', 'login'),
      payload,
    },
  };
}

function readMergeGroup(payload: Readonly<Record<string, unknown>>): Meaning {
  const action = required(textAt, payload, 'action');
  if (action !== 'checks_requested')
    return {
      kind: 'ignored',
      reason: `merge_group ${action.slice(0, 100)} starts nothing; checks_requested does`,
    };
  return {
    kind: 'group',
    group: {
      ref: requiredBranch(payload, 'merge_group', 'head_ref'),
      sha: requiredSha(payload, 'merge_group', 'head_sha'),
      sender: required(textAt, payload, 'sender', 'login'),
      payload,
    },
  };
}

/** Ids stay when a repository is renamed. What cannot be told is a fork. */
export function isFork(request: unknown): boolean {
  const [head, base] = [numberAt(request, 'head', 'repo', 'id'), numberAt(request, 'base', 'repo', 'id')];
  return head === undefined || head !== base;
}
