import type { Deploy, DeployDetail, Step } from '../../contract/deploys.ts';
import { isFinal } from '../../contract/deploys.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { deployName, shortSha } from './deploy.ts';
import { type DeployRow, type StepRow, selectEstimates } from './store.ts';

/** Where people look at a deploy. */
export const deployUrl = (
  publicUrl: string,
  row: { app: string; environment: string; number: number },
): string => `${publicUrl}/apps/${row.app}/${row.environment}/deploys/${row.number}`;

/** Presents rows, with the estimate of their environment for those that have not ended. */
export async function presentDeploys(
  db: Queryable,
  publicUrl: string,
  rows: readonly DeployRow[],
): Promise<Deploy[]> {
  const unfinished = rows.filter((row) => !isFinal(row.state)).map((row) => row.environment_id);
  const estimates = await selectEstimates(db, [...new Set(unfinished)]);
  return rows.map((row) => presentDeploy(publicUrl, row, estimates.get(row.environment_id) ?? null));
}

export function presentDeploy(publicUrl: string, row: DeployRow, estimateSeconds: number | null): Deploy {
  return {
    name: deployName(row.app, row.environment, row.number),
    app: row.app,
    environment: row.environment,
    number: row.number,
    kind: row.kind,
    state: row.state,
    ref: row.ref,
    sha: row.sha,
    short_sha: shortSha(row.sha),
    title: row.title,
    author: row.author,
    previous_sha: row.previous_sha,
    requested_by: { kind: row.requested_by_kind, name: row.requested_by },
    requested_at: row.requested_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
    duration_seconds: durationSeconds(row),
    estimate_seconds: estimateSeconds,
    force_reason: row.force_reason,
    held: heldOf(row),
    cancel_requested: cancelOf(row),
    result: row.result,
    live: row.live,
    url: deployUrl(publicUrl, row),
  };
}

function durationSeconds(row: DeployRow): number | null {
  if (row.started_at === null || row.finished_at === null) return null;
  return Math.max(0, (row.finished_at.getTime() - row.started_at.getTime()) / 1000);
}

function heldOf(row: DeployRow): Deploy['held'] {
  // One that was cancelled or superseded while it was held waits no more.
  if (row.state !== 'queued' || row.held_at === null || row.held_reason === null) return null;
  return { since: row.held_at.toISOString(), reason: row.held_reason };
}

function cancelOf(row: DeployRow): Deploy['cancel_requested'] {
  if (row.cancel_requested_at === null || row.cancel_requested_by === null) return null;
  return { at: row.cancel_requested_at.toISOString(), by: row.cancel_requested_by };
}

export const presentStep = (row: StepRow): Step => ({
  position: row.position,
  name: row.name,
  state: row.state,
  started_at: row.started_at?.toISOString() ?? null,
  finished_at: row.finished_at?.toISOString() ?? null,
  detail: row.detail,
});

/** An event of a deploy in words. */
export function timelineEntry(event: {
  at: Date;
  kind: string;
  actor: string;
  data: Record<string, unknown>;
}): DeployDetail['timeline'][number] {
  const kind = event.kind.replace(/^deploy\./, '');
  const said = event.data.result ?? event.data.reason;
  return {
    at: event.at.toISOString(),
    kind,
    actor: event.actor,
    message: typeof said === 'string' ? said : (timelineWords[kind] ?? kind),
  };
}

const timelineWords: Record<string, string> = {
  queued: 'requested',
  running: 'started',
  verifying: 'all steps done, verifying',
  cancelling: 'cancel requested',
  released: 'let go on',
};
