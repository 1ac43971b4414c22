import type { Releases, Release as ReleaseView } from '../../contract/deploys.ts';
import type { Db } from '../../platform/db/database.ts';
import { findEnvironment } from '../apps/index.ts';
import { deployName, goodReleases, previousRelease, shortSha } from './deploy.ts';
import { presentDeploys } from './presentDeploy.ts';
import {
  type DeployRow,
  selectDeploysById,
  selectLastRollbackSeconds,
  selectLastStarted,
  selectReleases,
} from './store.ts';

/** What an environment can be rolled back to, and what it would be rolled back to unless told. */
export async function listReleases(
  db: Db,
  publicUrl: string,
  input: { app: string; environment: string; limit: number },
): Promise<Releases> {
  const environment = await findEnvironment(db, input.app, input.environment);
  const [succeeded, attempt, lastRollbackSeconds] = await Promise.all([
    selectReleases(db, environment.id),
    selectLastStarted(db, environment.id),
    selectLastRollbackSeconds(db, environment.id),
  ]);
  const good = goodReleases(succeeded);
  const done = attempt === undefined || attempt.state === 'succeeded';
  const previous = previousRelease(good, attempt && { sha: attempt.sha, succeeded: done });
  const rows = await selectDeploysById(
    db,
    good.slice(-input.limit).map((release) => release.deployId),
  );
  return {
    items: rows.sort((a, b) => positionOf(good, b) - positionOf(good, a)).map(presentRelease),
    previous: previous?.number ?? null,
    in_doubt: done ? null : ((await presentDeploys(db, publicUrl, [attempt]))[0] ?? null),
    last_rollback_seconds: lastRollbackSeconds,
  };
}

const positionOf = (good: readonly { deployId: number }[], row: DeployRow): number =>
  good.findIndex((release) => release.deployId === row.id);

const presentRelease = (row: DeployRow): ReleaseView => ({
  number: row.number,
  name: deployName(row.app, row.environment, row.number),
  sha: row.sha,
  short_sha: shortSha(row.sha),
  title: row.title,
  author: row.author,
  requested_by: { kind: row.requested_by_kind, name: row.requested_by },
  finished_at: (row.finished_at ?? row.requested_at).toISOString(),
});
