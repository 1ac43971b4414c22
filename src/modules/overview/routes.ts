import type { App as AppView } from '../../contract/apps.ts';
import { isActive } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';
import type { Lock } from '../../contract/locks.ts';
import { type Actor, mayDeployFor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import type { EventFeed } from '../../platform/events/eventFeed.ts';
import type { Router } from '../../platform/http/router.ts';
import { type App, type Environment, findApp, listApps, listEnvironments } from '../apps/index.ts';
import {
  type CurrentRow,
  currentDeploys,
  type DeployRow,
  estimatesOf,
  presentDeploy,
  runnerCapacity,
} from '../deploys/index.ts';
import { covers, openLocks } from '../locks/index.ts';
import type { History } from '../repositories/index.ts';
import { selectLiveRunners } from '../runners/index.ts';
import { registerEventRoutes } from './eventRoutes.ts';
import { listRungs } from './rungs.ts';

export interface OverviewContext {
  readonly db: Db;
  readonly feed: EventFeed;
  readonly history: History;
  readonly publicUrl: string;
  readonly shutdown: AbortSignal;
}

/** What is live where, what is moving, what is locked, and the stream of what changes. */
export function registerOverviewRoutes(router: Router, context: OverviewContext): void {
  const { db, publicUrl } = context;
  router.add(api.listApps, async ({ query, actor }) => {
    const apps = query.app === undefined ? await listApps(db) : [await findApp(db, query.app)];
    const state = await loadState(db, publicUrl);
    const { alive } = await runnerCapacity(db);
    return { items: apps.map((app) => presentApp(app, state, actor)), runners: alive };
  });

  router.add(api.showApp, async ({ params, actor }) => {
    const app = await findApp(db, params.app);
    const state = await loadState(db, publicUrl);
    const own = state.environments.filter((environment) => environment.appId === app.id);
    return {
      ...presentApp(app, state, actor),
      config: app.config,
      resolved: Object.fromEntries(own.map((environment) => [environment.name, environment.config])),
    };
  });

  router.add(api.listRungs, ({ params, query }) => listRungs(db, context.history, { ...params, ...query }));

  router.add(api.listRunners, async () => {
    const rows = await selectLiveRunners(db);
    return {
      items: rows.map((row) => ({
        ...row,
        started_at: row.started_at.toISOString(),
        last_seen_at: row.last_seen_at.toISOString(),
      })),
    };
  });
  registerEventRoutes(router, context);
}

interface State {
  readonly environments: readonly Environment[];
  readonly deploys: readonly CurrentRow[];
  readonly locks: readonly Lock[];
  readonly estimates: ReadonlyMap<number, number>;
  readonly publicUrl: string;
}

async function loadState(db: Db, publicUrl: string): Promise<State> {
  const environments = await listEnvironments(db);
  const [deploys, locks, estimates] = await Promise.all([
    currentDeploys(db),
    openLocks(db),
    estimatesOf(
      db,
      environments.map((environment) => environment.id),
    ),
  ]);
  return { environments, deploys, locks, estimates, publicUrl };
}

function presentApp(app: App, state: State, actor: Actor): AppView {
  return {
    name: app.name,
    repository: app.repository,
    team: app.team,
    paths: app.config.paths,
    may_deploy: mayDeployFor(actor, app.team),
    environments: state.environments
      .filter((environment) => environment.appId === app.id)
      .map((environment) => presentEnvironment(environment, state)),
  };
}

function presentEnvironment(environment: Environment, state: State): AppView['environments'][number] {
  const estimate = state.estimates.get(environment.id) ?? null;
  const present = (row: DeployRow) => presentDeploy(state.publicUrl, row, estimate);
  const presentFirst = (row: DeployRow | undefined) => (row === undefined ? null : present(row));
  const own = state.deploys.filter((row) => row.environment_id === environment.id);
  return {
    name: environment.name,
    ref: environment.defaultRef,
    url: environment.config.url,
    live: presentFirst(own.find((row) => row.live)),
    active: presentFirst(own.find((row) => isActive(row.state))),
    queued: own.filter((row) => row.state === 'queued').map(present),
    in_doubt: own.some((row) => row.attempted && (row.state === 'failed' || row.state === 'cancelled')),
    last: presentFirst(own.find((row) => row.newest)),
    locks: state.locks.filter((lock) => covers(lock, environment.app, environment.name)),
    estimate_seconds: estimate,
  };
}
