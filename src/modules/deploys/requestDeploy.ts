import { readableTime } from '../../contract/common.ts';
import type { DeployKind } from '../../contract/deploys.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import type { Environment } from '../apps/index.ts';
import { audit } from '../audit/index.ts';
import { type History, repositoryById } from '../repositories/index.ts';
import { insertDeploy } from './changeStore.ts';
import { deployName, leavesDoubt, shortSha } from './deploy.ts';
import { holdEnvironment } from './holdEnvironment.ts';
import { type Candidate, resolveCandidate } from './resolveCandidate.ts';
import {
  countQueued,
  type DeployRow,
  type EnvironmentLock,
  mostQueued,
  selectDeployById,
  selectLastAttempt,
  selectLive,
  selectUnderWay,
} from './store.ts';

export interface DeployRequest {
  readonly app: string;
  readonly environment: string;
  /** Branch, tag, sha, `:current` or `:previous`; the environment's default ref when absent. */
  readonly ref?: string | undefined;
  /** What the ref meant when the requester looked at what goes out. */
  readonly expected_sha?: string | undefined;
  readonly force?: { readonly reason: string } | undefined;
}

/** Ship it: resolves the ref to a commit, freezes it with the configuration, and queues the deploy. */
export async function requestDeploy(
  tx: Tx,
  history: History,
  now: Date,
  actor: Actor,
  request: DeployRequest,
): Promise<DeployRow> {
  const { lock, environment } = await holdEnvironment(tx, actor, request.app, request.environment);
  const candidate = await resolveCandidate(tx, history, environment, request.ref);
  assertAsExpected(candidate, request.expected_sha);
  if (request.force === undefined) await assertSomethingToDo(lock, environment, candidate.sha);
  return queueDeploy(lock, history, now, actor, environment, {
    kind: 'deploy',
    ...candidate,
    forceReason: request.force?.reason ?? null,
  });
}

/** A branch may move between the look and the yes; what nobody has looked at does not go out. */
function assertAsExpected(candidate: Candidate, expected: string | undefined): void {
  if (expected === undefined || expected === candidate.sha) return;
  throw new AppError(
    'conflict',
    `${candidate.ref} has moved from ${shortSha(expected)} to ${shortSha(candidate.sha)} since you looked; look again, then ship it`,
    { expected, sha: candidate.sha },
  );
}

/** Shipping what is live, or what is on its way, is nearly always a mistake or a second click. */
async function assertSomethingToDo(
  lock: EnvironmentLock,
  environment: Environment,
  sha: string,
): Promise<void> {
  const same = await selectUnderWay(lock.tx, environment.id, sha);
  if (same !== undefined) throw underWay(same);
  const live = await selectLive(lock.tx, environment.id);
  const attempt = await selectLastAttempt(lock.tx, environment.id);
  if (live?.sha !== sha || leavesDoubt(attempt)) return;
  const name = deployName(live.app, live.environment, live.number);
  throw new AppError(
    'conflict',
    `nothing to deploy: ${shortSha(sha)} is live in ${live.app}/${live.environment} since ${readableTime(live.finished_at ?? live.requested_at)} (${name}). Use slipway redeploy ${name}, or --force with a reason`,
    { deploy: name, sha },
  );
}

/** The commit is queued or running there already. */
export function underWay(same: DeployRow): AppError {
  const name = deployName(same.app, same.environment, same.number);
  return new AppError(
    'conflict',
    `nothing to deploy: ${shortSha(same.sha)} is ${same.state} there already as ${name}. Watch it: slipway logs -f ${name}`,
    { deploy: name, sha: same.sha },
  );
}

export interface QueuedDeploy {
  readonly kind: DeployKind;
  readonly ref: string;
  readonly sha: string;
  readonly forceReason: string | null;
}

/** Inserts the deploy, keeps its commit for good, and tells everyone: all in the transaction of the lock. */
export async function queueDeploy(
  lock: EnvironmentLock,
  history: History,
  now: Date,
  actor: Actor,
  environment: Environment,
  deploy: QueuedDeploy,
): Promise<DeployRow> {
  if (deploy.kind !== 'rollback') await assertRoomInQueue(lock, environment);
  const repository = await repositoryById(lock.tx, environment.repositoryId);
  const [commit] = await Promise.all([
    history.commit(repository, deploy.sha),
    history.keep(repository, deploy.sha),
  ]);
  const id = await insertDeploy(lock, now, {
    ...deploy,
    title: commit.subject,
    author: commit.authorName,
    committedAt: commit.committedAt,
    config: environment.config,
    requestedBy: actor.name,
    requestedByKind: actor.kind,
    requestedById: actor.id,
  });
  const row = await selectDeployById(lock.tx, id);
  const name = deployName(row.app, row.environment, row.number);
  await audit(lock.tx, now, actor, `deploy.${deploy.kind === 'deploy' ? 'request' : deploy.kind}`, name, {
    ref: deploy.ref,
    sha: deploy.sha,
    ...(deploy.forceReason === null ? {} : { forced: deploy.forceReason }),
  });
  await appendEvent(lock.tx, now, {
    kind: 'deploy.queued',
    subject: name,
    actor: actor.name,
    data: {
      kind: deploy.kind,
      ref: deploy.ref,
      sha: deploy.sha,
      ...(deploy.forceReason ? { forced: deploy.forceReason } : {}),
    },
  });
  return row;
}

/** A rollback always has room: it takes the place of all that waits. */
async function assertRoomInQueue(lock: EnvironmentLock, environment: Environment): Promise<void> {
  if ((await countQueued(lock)) < mostQueued) return;
  const where = `${environment.app}/${environment.name}`;
  throw new AppError(
    'conflict',
    `${mostQueued} deploys wait in ${where} already; cancel some, or see what they wait for: slipway deploys --app ${environment.app} --env ${environment.name} --state queued`,
  );
}
