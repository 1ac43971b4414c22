import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Environment } from '../apps/index.ts';
import { createLock } from '../locks/index.ts';
import { type History, repositoryById } from '../repositories/index.ts';
import { deployName, goodReleases, leavesDoubt, type Release, shortSha } from './deploy.ts';
import { findDeploy } from './findDeploy.ts';
import { holdEnvironment } from './holdEnvironment.ts';
import { queueDeploy, underWay } from './requestDeploy.ts';
import { previousOrThrow } from './resolveCandidate.ts';
import {
  type DeployRow,
  type EnvironmentLock,
  selectLastAttempt,
  selectQueue,
  selectReleases,
  selectUnderWay,
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
  const { lock, environment } = await holdEnvironment(tx, actor, request.app, request.environment);
  const release = await chooseRelease(lock, history, environment, request.to);
  await assertNotOnItsWay(lock, environment, release.sha);
  const row = await queueDeploy(lock, history, now, actor, environment, {
    kind: 'rollback',
    ref: request.to === ':previous' ? ':previous' : shortSha(release.sha),
    sha: release.sha,
    forceReason: null,
  });
  await supersedeQueue(lock, now, actor, row);
  if (request.lock) {
    const scope = { app: environment.app, environment: environment.name };
    await createLock(tx, now, actor, { ...request.lock, ...scope });
  }
  return row;
}

async function chooseRelease(
  lock: EnvironmentLock,
  history: History,
  environment: Environment,
  to: string,
): Promise<Release> {
  const where = `${environment.app}/${environment.name}`;
  const good = goodReleases(await selectReleases(lock.tx, environment.id));
  const attempt = await selectLastAttempt(lock.tx, environment.id);
  if (to === ':previous') return previousOrThrow(good, attempt, where);
  const sha = await shaOf(lock, history, environment, good, to);
  const release = good.find((candidate) => candidate.sha === sha);
  if (release === undefined) throw notGood(where, good, to);
  if (release === good.at(-1) && !leavesDoubt(attempt)) {
    throw new AppError(
      'conflict',
      `${shortSha(release.sha)} is live in ${where} already; to ship it again: slipway redeploy ${where}#${release.number}`,
    );
  }
  return release;
}

/** `#12` or `12` is a deploy; anything else a good release's sha, or a ref. */
async function shaOf(
  lock: EnvironmentLock,
  history: History,
  environment: Environment,
  good: Release[],
  to: string,
): Promise<string> {
  const number = /^#?(\d{1,6})$|^#(\d{1,9})$/
    .exec(to)
    ?.slice(1)
    .find((digits) => digits !== undefined);
  if (number !== undefined) {
    const id = { app: environment.app, environment: environment.name, number: Number(number) };
    return (await findDeploy(lock.tx, id)).sha;
  }
  const bySha = good.filter((candidate) => to.length >= 4 && candidate.sha.startsWith(to.toLowerCase()));
  if (bySha.length === 1 && bySha[0] !== undefined) return bySha[0].sha;
  return history.resolve(await repositoryById(lock.tx, environment.repositoryId), to);
}

/** A second click must not roll back twice. A deploy of the same commit that still waits is no way back: it is superseded. */
async function assertNotOnItsWay(
  lock: EnvironmentLock,
  environment: Environment,
  sha: string,
): Promise<void> {
  const same = await selectUnderWay(lock.tx, environment.id, sha);
  if (same === undefined || (same.state === 'queued' && same.kind !== 'rollback')) return;
  throw underWay(same);
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
