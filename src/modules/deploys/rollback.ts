import { type Actor, assertMayDeploy } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type Environment, findEnvironment } from '../apps/index.ts';
import { createLock } from '../locks/index.ts';
import { type History, repositoryById } from '../repositories/index.ts';
import { deployName, goodReleases, type Release, shortSha } from './deploy.ts';
import { queueDeploy } from './requestDeploy.ts';
import { previousOrThrow } from './resolveCandidate.ts';
import {
  type DeployRow,
  type EnvironmentLock,
  lockEnvironment,
  selectQueue,
  selectReleases,
} from './store.ts';
import { transitionDeploy } from './transitionDeploy.ts';

export interface RollbackRequest {
  readonly app: string;
  readonly environment: string;
  /** `:previous`, `#12` or a sha of a release that was good there. */
  readonly to: string;
  readonly lock?: { readonly reason: string; readonly expires_at?: string | undefined } | undefined;
}

/**
 * Brings back a good release. It goes first and passes locks; what is queued would undo it, and is
 * superseded. With `lock` the environment is locked in the same transaction.
 */
export async function rollback(
  tx: Tx,
  history: History,
  now: Date,
  actor: Actor,
  request: RollbackRequest,
): Promise<DeployRow> {
  const environment = await findEnvironment(tx, request.app, request.environment);
  assertMayDeploy(actor, environment.app, environment.team);
  const lock = await lockEnvironment(tx, environment.id);
  const good = goodReleases(await selectReleases(tx, environment.id));
  const release = await chooseRelease(tx, history, environment, good, request.to);
  const row = await queueDeploy(lock, history, now, actor, environment, {
    kind: 'rollback',
    ref: request.to === ':previous' ? ':previous' : shortSha(release.sha),
    sha: release.sha,
    forceReason: null,
  });
  await supersedeQueue(lock, now, actor, row);
  if (request.lock)
    await createLock(tx, now, actor, {
      ...request.lock,
      app: environment.app,
      environment: environment.name,
    });
  return row;
}

async function chooseRelease(
  tx: Tx,
  history: History,
  environment: Environment,
  good: Release[],
  to: string,
): Promise<Release> {
  const where = `${environment.app}/${environment.name}`;
  if (to === ':previous') return previousOrThrow(good, where);
  const number = /^#?(\d{1,9})$/.exec(to)?.[1];
  const release =
    to.startsWith('#') || (number !== undefined && number.length < 7)
      ? good.find((candidate) => candidate.number === Number(number))
      : await releaseOfRef(tx, history, environment, good, to);
  if (release === undefined) throw notGood(where, good, to);
  return release;
}

async function releaseOfRef(
  tx: Tx,
  history: History,
  environment: Environment,
  good: Release[],
  ref: string,
) {
  const bySha = good.filter((candidate) => ref.length >= 4 && candidate.sha.startsWith(ref.toLowerCase()));
  if (bySha.length === 1) return bySha[0];
  const repository = await repositoryById(tx, environment.repositoryId);
  const sha = await history.resolve(repository, ref);
  return good.find((candidate) => candidate.sha === sha);
}

function notGood(where: string, good: Release[], to: string): AppError {
  const choices = good
    .slice(0, -1)
    .slice(-5)
    .reverse()
    .map((release) => `#${release.number} (${shortSha(release.sha)})`);
  const list = choices.length === 0 ? 'there is none' : choices.join(', ');
  return new AppError(
    'conflict',
    `${to} is no good release of ${where}: it never succeeded there, or was rolled back from. To roll back to: ${list}. To ship it all the same: slipway deploy`,
    { good: good.map(({ number, sha }) => ({ number, sha })) },
  );
}

async function supersedeQueue(lock: EnvironmentLock, now: Date, actor: Actor, by: DeployRow): Promise<void> {
  const name = deployName(by.app, by.environment, by.number);
  for (const queued of await selectQueue(lock.tx, lock.environmentId)) {
    if (queued.id === by.id) continue;
    await transitionDeploy(lock, now, actor.name, queued, {
      to: 'superseded',
      result: `superseded by the rollback ${name} of ${actor.name}`,
    });
  }
}
