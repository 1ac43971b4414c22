import type { WorkflowEnvironment } from '../../contract/workflowEnvironments.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findRepository, selectRepositories } from '../repositories/index.ts';
import { mayChangeRules } from './assertMayLoosen.ts';
import type { EnvironmentRules } from './rules.ts';
import { type EnvironmentRow, selectEnvironments, selectRules } from './store.ts';

/** Environments of a repository, or of all, as `actor` may see and change them. */
export async function listEnvironments(
  db: Queryable,
  actor: Actor,
  repository: string | undefined,
): Promise<WorkflowEnvironment[]> {
  const only = repository === undefined ? undefined : await findRepository(db, repository);
  const repositories = only === undefined ? await selectRepositories(db) : [only];
  const rows = await selectEnvironments(db, only?.id ?? null);
  return rows.map((row) =>
    presentEnvironment(row, actor, repositories.find(({ id }) => id === row.repository_id)?.teams ?? []),
  );
}

/** The environment of that name, in whatever case it is written; not_found lists those there are. */
export async function findEnvironment(
  db: Queryable,
  repository: { id: number; name: string },
  name: string,
): Promise<EnvironmentRow> {
  const rows = await selectEnvironments(db, repository.id);
  const row = rows.find((candidate) => isSameName(candidate.name, name));
  if (row !== undefined) return row;
  const known = rows.map((candidate) => candidate.name);
  const list = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  throw new AppError(
    'not_found',
    `${repository.name} has no environment "${name}" for workflows; ${list}. Declare it: slipway environments set ${name} --repository ${repository.name}`,
    { known },
  );
}

export const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const noRules: EnvironmentRules = {
  waitMinutes: 0,
  approval: 'none',
  teams: [],
  branches: [],
  preventSelfReview: false,
};

/** The rules of an environment that a job names; one that nobody declared has none. One query. */
export async function environmentRules(
  db: Queryable,
  repositoryId: number,
  name: string,
): Promise<EnvironmentRules> {
  const row = await selectRules(db, repositoryId, name);
  if (row === undefined) return noRules;
  const {
    wait_minutes: waitMinutes,
    prevent_self_review: preventSelfReview,
    approval,
    teams,
    branches,
  } = row;
  return { waitMinutes, approval, teams, branches, preventSelfReview };
}

/** As `actor` sees it; `teams` have an app of its repository. */
export function presentEnvironment(
  { id, repository_id, ...row }: EnvironmentRow,
  actor: Actor,
  teams: readonly string[],
): WorkflowEnvironment {
  return {
    ...row,
    may_change: mayChangeRules(actor, row, { teams }),
    updated_at: row.updated_at.toISOString(),
  };
}
