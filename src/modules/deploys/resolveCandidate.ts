import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Environment } from '../apps/index.ts';
import { type History, repositoryById } from '../repositories/index.ts';
import { type Attempt, goodReleases, previousRelease, type Release } from './deploy.ts';
import { selectLastAttempt, selectReleases } from './store.ts';

export interface Candidate {
  readonly ref: string;
  readonly sha: string;
}

/** The commit that a ref means for an environment: what its mirror says, or `:current` and `:previous`. */
export async function resolveCandidate(
  db: Queryable,
  history: History,
  environment: Environment,
  ref: string | undefined,
): Promise<Candidate> {
  const wanted = ref ?? environment.defaultRef;
  if (wanted === null) {
    throw new AppError(
      'invalid_input',
      `${environment.app}/${environment.name} has no default ref, and its repository no default branch yet; name a ref`,
    );
  }
  if (wanted.startsWith(':')) return { ref: wanted, sha: await releaseNamed(db, environment, wanted) };
  const repository = await repositoryById(db, environment.repositoryId);
  return { ref: wanted, sha: await history.resolve(repository, wanted) };
}

async function releaseNamed(db: Queryable, environment: Environment, name: string): Promise<string> {
  const where = `${environment.app}/${environment.name}`;
  const good = goodReleases(await selectReleases(db, environment.id));
  if (name === ':current') return requireRelease(good.at(-1), `nothing is live in ${where} yet`).sha;
  if (name === ':previous')
    return previousOrThrow(good, await selectLastAttempt(db, environment.id), where).sha;
  throw new AppError('invalid_input', `"${name}" is no ref; the special ones are :current and :previous`);
}

/** The release that a rollback brings back when none is named. */
export function previousOrThrow(
  good: readonly Release[],
  attempt: Attempt | undefined,
  where: string,
): Release {
  return requireRelease(
    previousRelease(good, attempt),
    `${where} has no earlier good release to go back to; name one that was good there, or deploy a commit`,
  );
}

function requireRelease(release: Release | undefined, message: string): Release {
  if (release === undefined) throw new AppError('conflict', message);
  return release;
}
