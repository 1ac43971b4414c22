import { AppError } from '../../platform/errors.ts';
import type { DirectoryLock } from '../teams/index.ts';
import { selectTaken } from './store.ts';

/** Throws a conflict when another project has this slug or name. */
export async function assertFree(
  lock: DirectoryLock,
  wanted: { slug: string; name: string; exceptId?: number },
): Promise<void> {
  const taken = await selectTaken(lock, wanted);
  if (taken === undefined) return;
  const [what, advice] =
    taken.name === wanted.name
      ? [`with the name "${taken.name}"`, 'choose another name']
      : [`with the slug ${taken.slug}`, 'give this one another slug'];
  throw new AppError(
    'conflict',
    `there is a project ${what} already, in team ${taken.team}; ${advice}`,
    taken,
  );
}
