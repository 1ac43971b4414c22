import { type Actor, hasRole, mayDeployFor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** A repository, and slugs of the teams that have an app of it. */
interface Owned {
  readonly name: string;
  readonly teams: readonly string[];
}

/** Whether `actor` may deploy something that is built from a repository: members of a team with an app of it, and admins. */
export const mayWorkOn = (actor: Actor, { teams }: Pick<Owned, 'teams'>): boolean =>
  hasRole(actor, 'admin') || teams.some((team) => mayDeployFor(actor, team));

/** Throws unless `actor` may `act` (`report checks`) of a repository: what decides over what goes out takes who may ship it. */
export function assertMayWorkOn(actor: Actor, repository: Owned, act: string): void {
  if (mayWorkOn(actor, repository)) return;
  const { name, teams } = repository;
  const whose = teams.length === 0 ? 'no team has an app of it' : `its apps belong to ${teams.join(', ')}`;
  throw new AppError(
    'forbidden',
    `${actor.name} may not ${act} of ${name}: ${whose}. A member of such a team or an admin can`,
    { teams },
  );
}
