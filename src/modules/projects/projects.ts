import { type Actor, mayDeployFor } from '../../platform/actor.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type ProjectRow, selectProject } from './store.ts';

/** The project with this slug, or else with this id; not_found says where to look. */
export async function findProject(db: Queryable, reference: string): Promise<ProjectRow> {
  const row = await selectProject(db, reference, idOf(reference));
  if (row !== undefined) return row;
  throw new AppError(
    'not_found',
    `there is no project with the slug or id ${reference}; slipway projects lists them`,
  );
}

const largestId = 2n ** 63n - 1n;

/** The id that a text is, as it is written in DSNs; null when it is none. */
function idOf(reference: string): string | null {
  return /^[1-9]\d{0,18}$/.test(reference) && BigInt(reference) <= largestId ? reference : null;
}

/** Whether `actor` may change a project of `team` and its keys: members of the team, and admins. */
export const mayChange = (actor: Actor, team: string): boolean => mayDeployFor(actor, team);

/** Throws unless `actor` may `act` (`rotate keys of storefront`): what takes a member of `team`, or an admin. */
export function assertMayChange(actor: Actor, act: string, team: string): void {
  if (mayChange(actor, team)) return;
  throw new AppError(
    'forbidden',
    `${actor.name} may not ${act}: that takes a member of team ${team}, or an admin`,
    { team },
  );
}

/** Whether `actor` is shown the secret keys of the projects of `team`: a token that only looks is not. */
export const maySeeSecrets = (actor: Actor, team: string): boolean =>
  mayChange(actor, team) && actor.scopes.includes('deploy');
