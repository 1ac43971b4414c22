import type { Deploy } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db, Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { eventsOf } from '../../platform/events/events.ts';
import { idFromCursor, pageById } from '../../platform/http/page.ts';
import type { Router } from '../../platform/http/router.ts';
import { logSize } from '../../platform/logfiles/index.ts';
import { isTimeZone } from '../../platform/text/isTimeZone.ts';
import type { History } from '../repositories/index.ts';
import { cancelDeploy } from './cancelDeploy.ts';
import { changesOfDeploy, listChanges } from './changes.ts';
import { deployName, parseStates } from './deploy.ts';
import { explainDeploy } from './explainDeploy.ts';
import { selectFigures } from './figuresStore.ts';
import { findDeploy } from './findDeploy.ts';
import { startHeld } from './holdDeploys.ts';
import { listReleases } from './listReleases.ts';
import { registerLogRoutes } from './logRoutes.ts';
import { presentDeploys, presentStep, timelineEntry } from './presentDeploy.ts';
import { previewDeploy } from './previewDeploy.ts';
import { redeploy } from './redeploy.ts';
import { requestDeploy } from './requestDeploy.ts';
import { rollback } from './rollback.ts';
import { selectDays, selectDurations } from './statsStore.ts';
import { type DeployRow, selectDeploys, selectSteps } from './store.ts';
import { registerWatchRoutes } from './watchRoutes.ts';

export interface DeployRoutesContext {
  readonly db: Db;
  readonly history: History;
  readonly paths: DataPaths;
  readonly publicUrl: string;
  readonly shutdown: AbortSignal;
}

export function registerDeployRoutes(router: Router, context: DeployRoutesContext): void {
  registerReading(router, context);
  registerShipping(router, context);
  registerHistory(router, context);
  registerLogRoutes(router, context.db, context.paths, context.shutdown);
  registerWatchRoutes(router, context.db, context.paths);
}

/** Presents one row, as the database or the transaction `db` sees it. */
async function present(db: Queryable, publicUrl: string, row: DeployRow): Promise<Deploy> {
  const [deploy] = await presentDeploys(db, publicUrl, [row]);
  if (deploy === undefined) throw new Error('a row was not presented');
  return deploy;
}

function registerReading(router: Router, context: DeployRoutesContext): void {
  const { db, history, paths, publicUrl } = context;

  router.add(api.preview, ({ params, query, now }) =>
    previewDeploy(db, history, now, publicUrl, { ...params, ...query }),
  );
  router.add(api.listChanges, ({ params, query }) => listChanges(db, history, { ...params, ...query }));
  router.add(api.deployChanges, ({ params, query }) => changesOfDeploy(db, history, params, query));
  router.add(api.listReleases, ({ params, query }) => listReleases(db, publicUrl, { ...params, ...query }));
  router.add(api.why, ({ params, now }) => explainDeploy(db, now, params));
  router.add(api.showDeploy, async ({ params }) => {
    const row = await findDeploy(db, params);
    const events = await eventsOf(db, deployName(row.app, row.environment, row.number));
    return {
      ...(await present(db, publicUrl, row)),
      steps: (await selectSteps(db, row.id)).map(presentStep),
      timeline: events.map(timelineEntry),
      config: row.config,
      log_bytes: await logSize(paths.deployLog(row.id)),
    };
  });
}

function registerShipping(router: Router, context: DeployRoutesContext): void {
  const { db, history, publicUrl } = context;
  router.addOnce(api.requestDeploy, async ({ params, body, actor, now }, tx) =>
    present(tx, publicUrl, await requestDeploy(tx, history, now, actor, { ...params, ...body })),
  );
  router.addOnce(api.rollback, async ({ params, body, actor, now }, tx) =>
    present(tx, publicUrl, await rollback(tx, history, now, actor, { ...params, ...body })),
  );
  router.addOnce(api.redeploy, async ({ params, body, actor, now }, tx) =>
    present(tx, publicUrl, await redeploy(tx, history, now, actor, params, body.force)),
  );
  router.add(api.cancel, async ({ params, actor, now }) =>
    present(db, publicUrl, await cancelDeploy(db, now, actor, params)),
  );
  router.add(api.start, async ({ params, actor, now }) =>
    present(db, publicUrl, await startHeld(db, now, actor, params)),
  );
}

function registerHistory(router: Router, { db, publicUrl }: DeployRoutesContext): void {
  router.add(api.listDeploys, async ({ query }) => {
    const { cursor, limit, state, ...filter } = query;
    const states = state === undefined ? undefined : parseStates(state);
    const rows = await selectDeploys(db, {
      ...filter,
      states,
      beforeId: idFromCursor(cursor),
      limit: limit + 1,
    });
    const page = pageById(rows, limit, (row) => row);
    return { items: await presentDeploys(db, publicUrl, page.items), next_cursor: page.next_cursor };
  });
  router.add(api.deployStats, async ({ query, now }) => {
    assertTimeZone(query.time_zone);
    const [days, { p50, p90, p99, total }, figures] = await Promise.all([
      selectDays(db, now, query),
      selectDurations(db, now, query),
      selectFigures(db, now, query),
    ]);
    return { days, duration_seconds: { p50, p90, p99 }, total, figures };
  });
}

function assertTimeZone(name: string): void {
  // An offset such as +05:30 is one to JavaScript, and means the opposite to PostgreSQL (POSIX counts westwards).
  if (!/^[+-]/.test(name) && isTimeZone(name)) return;
  throw new AppError(
    'invalid_input',
    `query.time_zone: "${name}" is no time zone; use an IANA name such as Europe/Berlin`,
  );
}
