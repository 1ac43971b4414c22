import { type Actor, hasRole } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { mayWorkOn } from '../repositories/index.ts';
import { approversOf, mayApprove } from './rules.ts';
import type { EnvironmentRow } from './store.ts';

/** Throws unless `actor` may agree there: who may not must not take away that somebody else has to. */
export function assertMayLoosen(
  actor: Actor,
  environment: Pick<EnvironmentRow, 'name' | 'repository' | 'approval' | 'teams' | 'prevent_self_review'>,
  repository: { readonly teams: readonly string[] },
): void {
  const { name, approval, teams, prevent_self_review: isOfFourEyes } = environment;
  if (mayLoosen(actor, environment, repository)) return;
  throw new AppError(
    'forbidden',
    `${actor.name} may not change the rules of environment ${name} of ${environment.repository}: its jobs need an approval, and so changing that takes ${isOfFourEyes ? 'an admin' : approversOf({ approval, teams })}`,
    { teams },
  );
}

/**
 * Whether `actor` may agree there, or nobody has to. Where it takes another than who started the run, it takes an admin:
 * else whoever may agree could take that rule away, and then agree to what is their own.
 */
const mayLoosen: MayLoosen = (actor, environment, repository) => {
  if (environment.approval === 'none') return true;
  if (environment.prevent_self_review) return hasRole(actor, 'admin');
  return mayApprove(actor, environment, repository);
};

/** Whether `actor` may change the rules of an environment, and delete it. */
export const mayChangeRules: MayLoosen = (actor, environment, repository) =>
  actor.scopes.includes('deploy') &&
  mayWorkOn(actor, repository) &&
  mayLoosen(actor, environment, repository);

type MayLoosen = (
  actor: Actor,
  environment: Pick<EnvironmentRow, 'approval' | 'teams' | 'prevent_self_review'>,
  repository: { readonly teams: readonly string[] },
) => boolean;
