import sql from 'sql-template-tag';
import type { AppConfig, EnvironmentConfig } from '../../contract/configuration.ts';
import type { Queryable } from '../../platform/db/database.ts';

export interface AppRow {
  id: number;
  name: string;
  team: string;
  repository_id: number;
  repository: string;
  config: AppConfig;
}

export interface EnvironmentRow {
  id: number;
  app_id: number;
  app: string;
  name: string;
  team: string;
  repository_id: number;
  repository: string;
  default_branch: string | null;
  config: EnvironmentConfig;
  live_deploy_id: number | null;
}

export function selectApps(db: Queryable): Promise<AppRow[]> {
  return db.many<AppRow>(sql`
    select a.id, a.name, t.slug as team, a.repository_id, r.name as repository, a.config
    from apps a join teams t on t.id = a.team_id join repositories r on r.id = a.repository_id
    order by a.name`);
}

/** Environments that are declared now, in the order of the file. */
export function selectEnvironments(db: Queryable): Promise<EnvironmentRow[]> {
  return db.many<EnvironmentRow>(sql`
    select e.id, e.app_id, a.name as app, e.name, t.slug as team, a.repository_id, r.name as repository,
           r.default_branch, e.config, e.live_deploy_id
    from environments e
    join apps a on a.id = e.app_id join teams t on t.id = a.team_id join repositories r on r.id = a.repository_id
    where e.removed_at is null
    order by a.name, e.position`);
}

export interface AppRecord {
  name: string;
  repositoryId: number;
  teamId: number;
  config: AppConfig;
}

/** Inserts or updates an app; `changed` is false when nothing was different. */
export async function upsertApp(db: Queryable, now: Date, app: AppRecord) {
  return db.one<{ id: number; outcome: 'created' | 'changed' | 'unchanged' }>(sql`
    with before as (select id, repository_id, team_id, config from apps where name = ${app.name}),
    written as (
      insert into apps (name, repository_id, team_id, config, created_at)
      values (${app.name}, ${app.repositoryId}, ${app.teamId}, ${JSON.stringify(app.config)}, ${now})
      on conflict (name) do update
        set repository_id = excluded.repository_id, team_id = excluded.team_id, config = excluded.config
      returning id, repository_id, team_id, config)
    select w.id, case when b.id is null then 'created'
      when (b.repository_id, b.team_id, b.config) is distinct from (w.repository_id, w.team_id, w.config) then 'changed'
      else 'unchanged' end as outcome
    from written w left join before b on true`);
}

export async function upsertEnvironment(
  db: Queryable,
  environment: { appId: number; name: string; position: number; config: EnvironmentConfig },
): Promise<void> {
  await db.run(sql`
    insert into environments (app_id, name, position, config)
    values (${environment.appId}, ${environment.name}, ${environment.position}, ${JSON.stringify(environment.config)})
    on conflict (app_id, name) do update
      set position = excluded.position, config = excluded.config, removed_at = null`);
}

/** Marks what the app no longer declares as removed; its history stays. Answers the names. */
export async function removeOtherEnvironments(
  db: Queryable,
  now: Date,
  appId: number,
  keep: string[],
): Promise<string[]> {
  const rows = await db.many<{ name: string }>(sql`
    update environments set removed_at = ${now}
    where app_id = ${appId} and removed_at is null and name <> all(${keep}) returning name`);
  return rows.map((row) => row.name);
}

/** All environments in order of id, as everyone locks them who needs several. */
export async function lockEnvironments(db: Queryable): Promise<void> {
  await db.run(sql`select id from environments order by id for update`);
}

/** The repository of an app of which something was requested already, or undefined. */
export function selectShippedRepository(db: Queryable, appName: string) {
  return db.maybe<{ id: number; name: string }>(sql`
    select r.id, r.name from apps a join repositories r on r.id = a.repository_id
    where a.name = ${appName} and exists (
      select 1 from environments e join deploys d on d.environment_id = e.id where e.app_id = a.id)`);
}
