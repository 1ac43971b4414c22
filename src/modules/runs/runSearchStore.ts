import sql, { join, type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';
import { fromRuns, runColumns } from './runStore.ts';
import type { RunRow } from './runs.ts';

export interface RunFilter {
  repository?: string | undefined;
  workflow?: string | undefined;
  branch?: string | undefined;
  sha?: string | undefined;
  event?: string | undefined;
  actor?: string | undefined;
  state?: string | undefined;
  conclusion?: string | undefined;
  number?: number | undefined;
  trigger?: number | undefined;
  before?: number | undefined;
}

export function selectRuns(db: Queryable, filter: RunFilter, limit: number): Promise<RunRow[]> {
  const conditions = [sql`true`, ...conditionsOf(filter)];
  return db.many<RunRow>(sql`
    select ${runColumns} ${fromRuns} where ${join(conditions, ' and ')} order by r.id desc limit ${limit}`);
}

function conditionsOf(filter: RunFilter): Sql[] {
  const { repository, workflow, branch, sha, event, actor, state, conclusion, number, trigger, before } =
    filter;
  const conditions: Sql[] = [];
  if (before !== undefined) conditions.push(sql`r.id < ${before}`);
  if (repository !== undefined) conditions.push(sql`p.name = ${repository}`);
  if (workflow !== undefined)
    conditions.push(sql`(r.name = ${workflow} or r.file = ${workflow} or r.file like '%/' || ${workflow}
      or r.file = '.github/workflows/' || ${workflow} || '.yml' or r.file = '.github/workflows/' || ${workflow} || '.yaml')`);
  if (branch !== undefined)
    conditions.push(sql`r.ref in (${branch}, ${`refs/heads/${branch}`}, ${`refs/tags/${branch}`})`);
  if (sha !== undefined) conditions.push(sql`r.sha like ${`${sha}%`}`);
  if (event !== undefined) conditions.push(sql`r.event = ${event}`);
  if (actor !== undefined) conditions.push(sql`r.actor = ${actor}`);
  if (state === 'open') conditions.push(sql`r.state <> 'completed'`);
  else if (state !== undefined) conditions.push(sql`r.state = ${state}`);
  if (conclusion !== undefined) conditions.push(sql`r.conclusion = ${conclusion}`);
  if (number !== undefined) conditions.push(sql`r.number = ${number}`);
  if (trigger !== undefined) conditions.push(sql`r.trigger_id = ${trigger}`);
  return conditions;
}
