import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { approversOf, mayApprove } from './rules.ts';
import type { EnvironmentRow } from './store.ts';

/** Throws unless `actor` may agree there: who may not must not take away that somebody else has to. */
export function assertMayLoosen(
  actor: Actor,
  environment: Pick<EnvironmentRow, 'name' | 'repository' | 'approval' | 'teams'>,
  repository: { readonly teams: readonly string[] },
): void {
  const { name, approval, teams } = environment;
  if (approval === 'none' || mayApprove(actor, environment, repository)) return;
  throw new AppError(
    'forbidden',
    `${actor.name} may not change the rules of environment ${name} of ${environment.repository}: its jobs need an approval, and so changing that takes ${approversOf({ approval, teams })}`,
    { teams },
  );
}
