import type { WorkflowEnvironment } from '../../contract/workflowEnvironments.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findRepository } from '../repositories/index.ts';
import type { EnvironmentRules } from './rules.ts';
import { type EnvironmentRow, selectEnvironments, selectRules } from './store.ts';

/** Environments of a repository, or of all. */
export async function listEnvironments(
  db: Queryable,
  repository: string | undefined,
): Promise<WorkflowEnvironment[]> {
  const id = repository === undefined ? null : (await findRepository(db, repository)).id;
  return (await selectEnvironments(db, id)).map(presentEnvironment);
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

const noRules: EnvironmentRules = { waitMinutes: 0, approval: 'none', teams: [], branches: [] };

/** The rules of an environment that a job names; one that nobody declared has none. One query. */
export async function environmentRules(
  db: Queryable,
  repositoryId: number,
  name: string,
): Promise<EnvironmentRules> {
  const row = await selectRules(db, repositoryId, name);
  if (row === undefined) return noRules;
  return { waitMinutes: row.wait_minutes, approval: row.approval, teams: row.teams, branches: row.branches };
}

export function presentEnvironment({ id, repository_id, ...row }: EnvironmentRow): WorkflowEnvironment {
  return { ...row, updated_at: row.updated_at.toISOString() };
}
