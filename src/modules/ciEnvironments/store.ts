import sql from 'sql-template-tag';
import type { Approval } from '../../contract/workflowRules.ts';
import type { Queryable } from '../../platform/db/database.ts';
import type { DirectoryLock } from '../teams/index.ts';

export interface EnvironmentRow {
  id: number;
  repository_id: number;
  repository: string;
  name: string;
  wait_minutes: number;
  approval: Approval;
  /** Slugs of the reviewing teams. */
  teams: string[];
  branches: string[];
  prevent_self_review: boolean;
  secrets: number;
  variables: number;
  updated_at: Date;
  updated_by: string;
}

const teams = sql`array(
  select t.slug from ci_environment_reviewers v join teams t on t.id = v.team_id
  where v.environment_id = e.id order by t.slug) as teams`;

/** The environments of a repository, or of all. */
export function selectEnvironments(db: Queryable, repositoryId: number | null): Promise<EnvironmentRow[]> {
  return db.many<EnvironmentRow>(sql`
    select e.id, e.repository_id, r.name as repository, e.name, e.wait_minutes, e.approval, ${teams}, e.branches, e.prevent_self_review,
           (select count(*) from workflow_values v where v.environment_id = e.id and v.kind = 'secret') as secrets,
           (select count(*) from workflow_values v where v.environment_id = e.id and v.kind = 'variable') as variables,
           e.updated_at, e.updated_by
    from ci_environments e join repositories r on r.id = e.repository_id
    where ${repositoryId}::bigint is null or e.repository_id = ${repositoryId}
    order by r.name, e.name`);
}

/** What an environment demands of the jobs that name it. */
export type RulesRow = Pick<
  EnvironmentRow,
  'wait_minutes' | 'approval' | 'teams' | 'branches' | 'prevent_self_review'
>;

/** What the rules of one say; undefined when nobody declared it. */
export function selectRules(db: Queryable, repositoryId: number, name: string) {
  return db.maybe<RulesRow>(sql`
    select e.wait_minutes, e.approval, ${teams}, e.branches, e.prevent_self_review
    from ci_environments e where e.repository_id = ${repositoryId} and lower(e.name) = lower(${name})`);
}

export type EnvironmentWrite = Pick<
  EnvironmentRow,
  'repository_id' | 'name' | 'wait_minutes' | 'approval' | 'branches' | 'prevent_self_review' | 'updated_by'
>;

/** Declares an environment or changes one of that name, however it is written; answers its id. */
export async function upsertEnvironment(
  { tx }: DirectoryLock,
  now: Date,
  row: EnvironmentWrite,
): Promise<number> {
  const { id } = await tx.one<{ id: number }>(sql`
    insert into ci_environments (repository_id, name, wait_minutes, approval, branches, prevent_self_review, updated_at, updated_by)
    values (${row.repository_id}, ${row.name}, ${row.wait_minutes}, ${row.approval}, ${row.branches}, ${row.prevent_self_review}, ${now}, ${row.updated_by})
    on conflict (repository_id, lower(name)) do update
      set wait_minutes = excluded.wait_minutes, approval = excluded.approval, branches = excluded.branches,
          prevent_self_review = excluded.prevent_self_review,
          updated_at = excluded.updated_at, updated_by = excluded.updated_by
    returning id`);
  return id;
}

/** Makes these teams the reviewers, and no others. */
export async function replaceReviewers(
  { tx }: DirectoryLock,
  environmentId: number,
  teamIds: readonly number[],
): Promise<void> {
  await tx.run(sql`delete from ci_environment_reviewers where environment_id = ${environmentId}`);
  await tx.run(sql`
    insert into ci_environment_reviewers (environment_id, team_id)
    select ${environmentId}, team from unnest(${teamIds}::bigint[]) as team`);
}

/** Deletes one with its secrets and variables. */
export async function deleteEnvironmentRow({ tx }: DirectoryLock, id: number): Promise<void> {
  await tx.run(sql`delete from ci_environments where id = ${id}`);
}
