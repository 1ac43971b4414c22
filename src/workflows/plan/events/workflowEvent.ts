import type { Value } from '../../expressions/index.ts';
import type { CheckoutFacts } from './facts.ts';
import { dig, digText, type Payload } from './payload.ts';
import { type EventWishes, ownerOf, refType, shortRef, synthesizePayload } from './synthesize.ts';

/** What happened: enough to decide which workflows it starts, and to fill their `github` context. Plain data. */
export interface WorkflowEvent {
  readonly name: string;
  /** The activity type: `opened`, `published`. */
  readonly activity: string | null;
  readonly payload: Payload;
  /** Paths that differ, for `paths` filters; null when nobody knows: then these filters let everything pass. */
  readonly changedFiles: readonly string[] | null;
  /** A pull request from another repository: read only, and no secrets. */
  readonly fromFork: boolean;
  /** The `github` context, but for what the workflow and the job add. */
  readonly github: Payload;
}

/**
 * An event about a checkout. Without a payload one is made of what git knows. `facts.sha` is what runs, whatever the
 * payload says: whoever has its commit reads the facts of that one.
 */
export function makeEvent(
  name: string,
  given: Payload | null,
  facts: CheckoutFacts,
  wishes: EventWishes & { readonly changedFiles?: readonly string[] | null } = {},
): WorkflowEvent {
  const payload = given ?? synthesizePayload(name, facts, wishes);
  const activity = digText(payload, 'action');
  return {
    name,
    activity: activity === '' ? (wishes.activity ?? null) : activity,
    payload,
    changedFiles: wishes.changedFiles ?? null,
    fromFork: isFromFork(name, payload),
    github: githubContext(name, payload, facts),
  };
}

function githubContext(name: string, payload: Payload, facts: CheckoutFacts): Payload {
  const repository = digText(payload, 'repository', 'full_name') || facts.repository;
  const ref = refOf(name, payload, facts);
  const actor = digText(payload, 'sender', 'login') || facts.actor;
  const api =
    facts.serverUrl === 'https://github.com' ? 'https://api.github.com' : `${facts.serverUrl}/api/v3`;
  return {
    actor,
    actor_id: idOf(payload, 'sender'),
    triggering_actor: actor,
    api_url: api,
    base_ref: digText(payload, 'pull_request', 'base', 'ref'),
    event: payload,
    event_name: name,
    graphql_url:
      facts.serverUrl === 'https://github.com' ? `${api}/graphql` : `${facts.serverUrl}/api/graphql`,
    head_ref: digText(payload, 'pull_request', 'head', 'ref'),
    ref,
    ref_name: shortRef(ref),
    ref_protected: false,
    ref_type: refType(ref),
    repository,
    repository_id: idOf(payload, 'repository'),
    repository_owner: ownerOf(repository),
    repository_owner_id: idOf(payload, 'repository', 'owner'),
    repositoryUrl: `git://${new URL(facts.serverUrl).host}/${repository}.git`,
    retention_days: '90',
    run_id: String(facts.run.id),
    run_number: String(facts.run.number),
    run_attempt: String(facts.run.attempt),
    secret_source: isFromFork(name, payload) ? 'None' : 'Actions',
    server_url: facts.serverUrl,
    sha: facts.sha,
  };
}

/** Where GitHub puts the workflow of each event: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
function refOf(name: string, payload: Payload, facts: CheckoutFacts): string {
  const number = digText(payload, 'pull_request', 'number') || digText(payload, 'number');
  switch (name) {
    case 'push':
      return digText(payload, 'ref') || facts.ref;
    case 'workflow_dispatch':
    case 'workflow_call':
      return fullRef(digText(payload, 'ref')) ?? facts.ref;
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return number === '' ? facts.ref : `refs/pull/${number}/merge`;
    case 'merge_group':
      return digText(payload, 'merge_group', 'head_ref') || facts.ref;
    case 'release':
      return `refs/tags/${digText(payload, 'release', 'tag_name')}`;
    case 'create':
      return `refs/${digText(payload, 'ref_type') === 'tag' ? 'tags' : 'heads'}/${digText(payload, 'ref')}`;
    default:
      return `refs/heads/${facts.defaultBranch}`;
  }
}

function fullRef(ref: string): string | null {
  if (ref === '') return null;
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

function isFromFork(name: string, payload: Payload): boolean {
  if (!['pull_request', 'pull_request_review', 'pull_request_review_comment'].includes(name)) return false;
  const head = digText(payload, 'pull_request', 'head', 'repo', 'full_name');
  const base = digText(payload, 'pull_request', 'base', 'repo', 'full_name');
  const gone =
    dig(payload, 'pull_request', 'head') !== null && dig(payload, 'pull_request', 'head', 'repo') === null;
  return head !== '' && base !== '' ? head !== base : gone && base !== '';
}

function idOf(payload: Payload, ...path: readonly string[]): Value {
  return digText(payload, ...path, 'id');
}
