import { AppError } from '../../platform/errors.ts';
import type { Value } from '../expressions/index.ts';
import {
  type CheckoutFacts,
  makeEvent,
  noSha,
  type Payload,
  synthesizePayload,
  type WorkflowEvent,
} from '../plan/index.ts';
import { answerOf } from './askGit.ts';
import { changedFilesOf } from './changedFilesOf.ts';
import type { CommitGround, CommitTrigger } from './commitGround.ts';
import { readCommitFacts } from './readCommitFacts.ts';
import { commits } from './remember.ts';

/** A trigger as workflows see it. `run` is patched in when it is known: `eventFor`. */
export interface DescribedCommit {
  readonly facts: CheckoutFacts;
  readonly payload: Payload;
  readonly changedFiles: readonly string[] | null;
}

/** Reads from git what the event of a trigger says. Throws `not_found` when the repository lacks its commit. */
export async function describeCommit(ground: CommitGround, trigger: CommitTrigger): Promise<DescribedCommit> {
  const { gitDir, defaultBranch } = ground;
  const head = await commits.recall(['facts', gitDir, trigger.sha], () =>
    readCommitFacts(gitDir, trigger.sha),
  );
  if (head === null) throw new AppError('not_found', `commit ${trigger.sha} is not in the repository`);
  const before = trigger.before ?? (await forkedFrom(ground, trigger)) ?? head.parent;
  const facts: CheckoutFacts = {
    repository: ground.repository,
    serverUrl: ground.serverUrl,
    defaultBranch,
    sha: trigger.sha,
    ref: trigger.ref,
    before,
    commit: head.commit,
    actor: trigger.actor,
    run: { id: 0, number: 0, attempt: 1 },
  };
  const inputs = trigger.inputs as Readonly<Record<string, Value>>;
  const made = synthesizePayload(trigger.event, facts, { inputs });
  const payload: Payload = { ...made, ...created(trigger), ...(trigger.payload as Payload | null) };
  const given = trigger.event === 'push' && trigger.before === null ? { ...payload, before } : payload;
  return { facts, payload, changedFiles: await changedFilesOf(gitDir, trigger.event, given, facts) };
}

/** The event of a run that has its number. */
export function eventFor(
  { facts, payload, changedFiles }: DescribedCommit,
  { event, trusted }: CommitTrigger,
  run: CheckoutFacts['run'],
): WorkflowEvent {
  const made = makeEvent(event, payload, { ...facts, run }, { changedFiles });
  return trusted ? made : { ...made, fromFork: true };
}

/** A new branch is compared with what it left the default branch for. */
async function forkedFrom(
  { gitDir, defaultBranch, defaultSha }: CommitGround,
  trigger: CommitTrigger,
): Promise<string | null> {
  const isNewBranch = trigger.event === 'push' && trigger.ref.startsWith('refs/heads/');
  if (!isNewBranch || trigger.ref === `refs/heads/${defaultBranch}` || defaultSha === null) return null;
  if (defaultSha === trigger.sha) return null;
  const base = await commits.recall(['base', gitDir, defaultSha, trigger.sha], () =>
    answerOf(gitDir, ['merge-base', defaultSha, trigger.sha]),
  );
  return base === trigger.sha ? null : base;
}

/** What GitHub says of a branch or tag that was not there before. */
function created({ event, before }: CommitTrigger): Payload {
  return event === 'push' ? { before: before ?? noSha, created: before === null } : {};
}
