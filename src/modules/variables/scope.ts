import type { ValueKind, ValueLevel } from '../../contract/workflowRules.ts';
import { type Actor, assertAccess } from '../../platform/actor.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findEnvironment } from '../ciEnvironments/index.ts';
import { assertMayWorkOn, findRepository } from '../repositories/index.ts';

/** Ids of whose a value is: of a repository, of one of its environments, or (null, null) of the organization. */
export interface Owner {
  readonly repositoryId: number | null;
  readonly environmentId: number | null;
}

/** Whose values are meant, by id and by name. */
export interface ValueScope extends Owner {
  readonly repository: string | null;
  readonly environment: string | null;
  /** Slugs of the teams that have an app of the repository. */
  readonly teams: readonly string[];
}

/** Finds what a caller names. */
export async function findScope(
  db: Queryable,
  where: { repository?: string | undefined; environment?: string | undefined },
): Promise<ValueScope> {
  if (where.repository === undefined) {
    if (where.environment === undefined) return organization;
    throw new AppError(
      'invalid_input',
      `query.environment: "${where.environment}" is one of a repository; name that too: repository=…`,
    );
  }
  const { id, name, teams } = await findRepository(db, where.repository);
  const scope = { ...organization, repositoryId: id, repository: name, teams };
  if (where.environment === undefined) return scope;
  const environment = await findEnvironment(db, { id, name }, where.environment);
  return { ...scope, environmentId: environment.id, environment: environment.name };
}

const organization: ValueScope = {
  repositoryId: null,
  environmentId: null,
  repository: null,
  environment: null,
  teams: [],
};

const nouns: Record<ValueKind, string> = { secret: 'secrets', variable: 'variables' };

/** Throws unless `actor` may change values there. */
export function assertMayChange(actor: Actor, kind: ValueKind, { repository, teams }: ValueScope): void {
  if (repository === null) assertAccess(actor, { role: 'admin', scope: 'admin' });
  else assertMayWorkOn(actor, { name: repository, teams }, `change ${nouns[kind]}`);
}

export const levelOf = ({ repositoryId, environmentId }: Owner): ValueLevel =>
  environmentId !== null ? 'environment' : repositoryId !== null ? 'repository' : 'organization';

/** How people call it: `harbor/production`, `harbor`, `organization`. */
export function labelOf({ repository, environment }: Pick<ValueScope, 'repository' | 'environment'>): string {
  if (repository === null) return 'organization';
  return environment === null ? repository : `${repository}/${environment}`;
}

/**
 * What a sealed value is bound to: it opens under its own name and for whom it was stored only, so that a row cannot
 * be moved to where more people, or other jobs, would read it.
 */
export function sealName(owner: Owner, name: string): string {
  const level = levelOf(owner);
  const id = owner.environmentId ?? owner.repositoryId;
  return `workflow secret ${name} of ${level}${id === null ? '' : ` ${id}`}`;
}
