import type { AppConfig, EnvironmentConfig } from '../../contract/configuration.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type AppRow, type EnvironmentRow, selectApps, selectEnvironments } from './store.ts';

export interface App {
  readonly id: number;
  readonly name: string;
  readonly team: string;
  readonly repositoryId: number;
  readonly repository: string;
  readonly config: AppConfig;
}

export interface Environment {
  readonly id: number;
  readonly appId: number;
  readonly app: string;
  readonly name: string;
  readonly team: string;
  readonly repositoryId: number;
  readonly repository: string;
  /** What is shipped when no ref is named; null while the repository has no default branch. */
  readonly defaultRef: string | null;
  /** Resolved: what a deploy would freeze now. */
  readonly config: EnvironmentConfig;
  readonly liveDeployId: number | null;
}

export async function listApps(db: Queryable): Promise<App[]> {
  return (await selectApps(db)).map(appOf);
}

export async function listEnvironments(db: Queryable): Promise<Environment[]> {
  return (await selectEnvironments(db)).map(environmentOf);
}

/** The app of that name; not_found lists the ones there are. */
export async function findApp(db: Queryable, name: string): Promise<App> {
  const apps = await listApps(db);
  const app = apps.find((candidate) => candidate.name === name);
  if (app === undefined)
    throw unknown(
      'app',
      name,
      apps.map((a) => a.name),
    );
  return app;
}

/** The environment of an app; not_found lists the ones there are. Any other name is refused. */
export async function findEnvironment(db: Queryable, appName: string, name: string): Promise<Environment> {
  const app = await findApp(db, appName);
  const environments = (await listEnvironments(db)).filter((candidate) => candidate.appId === app.id);
  const environment = environments.find((candidate) => candidate.name === name);
  if (environment === undefined) {
    throw unknown(
      `environment of ${appName}`,
      name,
      environments.map((e) => e.name),
    );
  }
  return environment;
}

function unknown(what: string, name: string, known: string[]): AppError {
  const list =
    known.length === 0
      ? 'there is none yet; declare it in slipway.yml'
      : `there is ${known.slice(0, 30).join(', ')}`;
  return new AppError('not_found', `no ${what} is named "${name}"; ${list}`, { known });
}

const appOf = (row: AppRow): App => ({
  id: row.id,
  name: row.name,
  team: row.team,
  repositoryId: row.repository_id,
  repository: row.repository,
  config: row.config,
});

const environmentOf = (row: EnvironmentRow): Environment => ({
  id: row.id,
  appId: row.app_id,
  app: row.app,
  name: row.name,
  team: row.team,
  repositoryId: row.repository_id,
  repository: row.repository,
  defaultRef: row.config.ref ?? row.default_branch,
  config: row.config,
  liveDeployId: row.live_deploy_id,
});
