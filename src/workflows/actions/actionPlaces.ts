import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { userCache } from '../../platform/userCache.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The places that were asked for, or else those of `SLIPWAY_ACTIONS`, separated by commas or line feeds. */
export function actionPlaces(asked: readonly string[], environment: Environment): string[] {
  if (asked.length > 0) return [...asked];
  return (environment.SLIPWAY_ACTIONS ?? '')
    .split(/[,\n]/)
    .map((place) => place.trim())
    .filter((place) => place !== '');
}

/** Where fetched actions are kept for this user. */
export function actionCacheDirectory(environment: Environment): string {
  return join(userCache(environment), 'actions');
}

/** Where what workflows of a repository cache is kept for this user; `commonDir` names the repository. */
export function cachesDirectory(environment: Environment, commonDir: string): string {
  const name = createHash('sha256').update(commonDir).digest('hex').slice(0, 16);
  return join(userCache(environment), 'caches', name);
}
