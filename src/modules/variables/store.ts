import sql from 'sql-template-tag';
import type { ValueKind } from '../../contract/workflowRules.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import type { DirectoryLock } from '../teams/index.ts';
import type { Owner } from './scope.ts';

export interface ValueRow {
  name: string;
  repository_id: number | null;
  environment_id: number | null;
  repository: string | null;
  environment: string | null;
  updated_at: Date;
  updated_by: string;
  /** Null for a secret: nothing that answers a request reads its sealed text. */
  value: string | null;
}

/** All values that a job there would find, the narrowest of a name first. */
export function selectVisible(db: Queryable, kind: ValueKind, owner: Owner): Promise<ValueRow[]> {
  return db.many<ValueRow>(sql`
    select v.name, v.repository_id, v.environment_id, r.name as repository, e.name as environment,
           v.updated_at, v.updated_by, case v.kind when 'variable' then v.content end as value
    from workflow_values v
    left join repositories r on r.id = v.repository_id
    left join ci_environments e on e.id = v.environment_id
    where v.kind = ${kind} and (v.repository_id is null or (v.repository_id = ${owner.repositoryId}
      and (v.environment_id is null or v.environment_id = ${owner.environmentId})))
    order by v.name, v.environment_id nulls last, v.repository_id nulls last`);
}

export interface JobValueRow {
  name: string;
  content: string;
  repository_id: number | null;
  environment_id: number | null;
}

/** What counts for a job: of each name the narrowest. */
export function selectForJob(
  db: Queryable,
  kind: ValueKind,
  job: { repositoryId: number; environment: string | null },
): Promise<JobValueRow[]> {
  return db.many<JobValueRow>(sql`
    select distinct on (v.name) v.name, v.content, v.repository_id, v.environment_id
    from workflow_values v left join ci_environments e on e.id = v.environment_id
    where v.kind = ${kind} and (v.repository_id is null or (v.repository_id = ${job.repositoryId}
      and (v.environment_id is null or lower(e.name) = lower(${job.environment}::text))))
    order by v.name, v.environment_id nulls last, v.repository_id nulls last`);
}

const owned = (kind: ValueKind, { repositoryId, environmentId }: Owner) => sql`
  kind = ${kind} and repository_id is not distinct from ${repositoryId}::bigint
  and environment_id is not distinct from ${environmentId}::bigint`;

/** The names of a kind that somebody has. */
export async function selectNames(tx: Tx, kind: ValueKind, owner: Owner): Promise<Set<string>> {
  const rows = await tx.many<{ name: string }>(
    sql`select name from workflow_values where ${owned(kind, owner)}`,
  );
  return new Set(rows.map((row) => row.name));
}

export async function upsertValues(
  { tx }: DirectoryLock,
  now: Date,
  write: { kind: ValueKind; owner: Owner; by: string; values: readonly { name: string; content: string }[] },
): Promise<void> {
  const { kind, owner, by, values } = write;
  await tx.run(sql`
    insert into workflow_values (kind, repository_id, environment_id, name, content, updated_at, updated_by)
    select ${kind}, ${owner.repositoryId}, ${owner.environmentId}, n.name, n.content, ${now}, ${by}
    from unnest(${values.map(({ name }) => name)}::text[], ${values.map(({ content }) => content)}::text[])
      as n (name, content)
    on conflict on constraint workflow_values_name do update
      set content = excluded.content, updated_at = excluded.updated_at, updated_by = excluded.updated_by`);
}

export function deleteValueRow(
  { tx }: DirectoryLock,
  kind: ValueKind,
  owner: Owner,
  name: string,
): Promise<number> {
  return tx.run(sql`delete from workflow_values where ${owned(kind, owner)} and name = ${name}`);
}
