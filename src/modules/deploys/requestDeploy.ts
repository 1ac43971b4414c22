import type { DeployKind } from '../../contract/deploys.ts';
import { type Actor, assertMayDeploy } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { type Environment, findEnvironment } from '../apps/index.ts';
import { audit } from '../audit/index.ts';
import { type History, repositoryById } from '../repositories/index.ts';
import { deployName, shortSha } from './deploy.ts';
import { resolveCandidate } from './resolveCandidate.ts';
import {
  type DeployRow,
  type EnvironmentLock,
  insertDeploy,
  lockEnvironment,
  selectDeployById,
  selectDeploys,
} from './store.ts';

export interface DeployRequest {
  readonly app: string;
  readonly environment: string;
  /** Branch, tag, sha, `:current` or `:previous`; the environment's default ref when absent. */
  readonly ref?: string | undefined;
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
  const environment = await findEnvironment(tx, request.app, request.environment);
  assertMayDeploy(actor, environment.app, environment.team);
  const candidate = await resolveCandidate(tx, history, environment, request.ref);
  const lock = await lockEnvironment(tx, environment.id);
  if (request.force === undefined) await assertSomethingToDo(lock, environment, candidate.sha);
  return queueDeploy(lock, history, now, actor, environment, {
    kind: 'deploy',
    ...candidate,
    forceReason: request.force?.reason ?? null,
  });
}

/** Shipping what is live, or what is on its way, is nearly always a mistake or a second click. */
async function assertSomethingToDo(
  lock: EnvironmentLock,
  environment: Environment,
  sha: string,
): Promise<void> {
  const [newest] = await selectDeploys(lock.tx, {
    app: environment.app,
    environment: environment.name,
    states: ['queued', 'running', 'verifying', 'succeeded'],
    limit: 1,
  });
  if (newest === undefined || newest.sha !== sha) return;
  const name = deployName(newest.app, newest.environment, newest.number);
  if (newest.state === 'succeeded' && !newest.live) return;
  const [what, next] =
    newest.state === 'succeeded'
      ? [
          `is live in ${environment.app}/${environment.name} since ${newest.finished_at?.toISOString()} (${name})`,
          `slipway redeploy ${name}`,
        ]
      : [`is ${newest.state} there already as ${name}`, `slipway logs -f ${name}`];
  throw new AppError(
    'conflict',
    `nothing to deploy: ${shortSha(sha)} ${what}. Use ${next}, or --force with a reason`,
    { deploy: name, sha },
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
  const repository = await repositoryById(lock.tx, environment.repositoryId);
  const commit = await history.commit(repository, deploy.sha);
  await history.keep(repository, deploy.sha);
  const id = await insertDeploy(lock, now, {
    ...deploy,
    title: commit.subject,
    author: commit.authorName,
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
