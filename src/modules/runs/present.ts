import type { Annotation, JobCounts, JobStep, WorkflowJob, WorkflowRun } from '../../contract/runs.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { shortSha } from '../../platform/git/index.ts';
import { describeFinding, type Finding } from '../../workflows/language/index.ts';
import { isAsked } from './environmentRules.ts';
import { countJobs } from './jobStore.ts';
import { pathOf } from './keptJobs.ts';
import { type JobRow, type RunRow, runName } from './runs.ts';
import type { AnnotationRow, StepRow } from './stepStore.ts';

const none: JobCounts = {
  total: 0,
  waiting: 0,
  running: 0,
  success: 0,
  failure: 0,
  cancelled: 0,
  skipped: 0,
};

export async function presentRuns(
  db: Queryable,
  publicUrl: string,
  rows: readonly RunRow[],
): Promise<WorkflowRun[]> {
  const counts = await countJobs(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => presentRun(row, counts.get(row.id) ?? none, publicUrl));
}

export const runUrl = (publicUrl: string, id: number): string => `${publicUrl}/runs/${id}`;

function presentRun(row: RunRow, jobs: JobCounts, publicUrl: string): WorkflowRun {
  const { id, repository, file, number, attempt, title, event, ref, sha, actor, trusted, state, conclusion } =
    row;
  return {
    ...{ id, repository, file, number, attempt, title, event, ref, sha, actor, trusted, state, conclusion },
    name: runName(row),
    workflow: row.name,
    short_sha: shortSha(sha),
    code_sha: row.code_sha ?? sha,
    reason: reasonOf(row),
    jobs,
    created_at: row.created_at.toISOString(),
    started_at: iso(row.started_at),
    finished_at: iso(row.finished_at),
    duration_seconds: seconds(row.started_at, row.finished_at),
    url: runUrl(publicUrl, id),
  };
}

/** Why a run has not begun, or what it ended by, in words. */
export function reasonOf(
  row: Pick<RunRow, 'findings' | 'cancel_reason' | 'state' | 'concurrency'>,
): string | null {
  const [first] = row.findings ?? [];
  if (first !== undefined) return describeFinding(first);
  if (row.cancel_reason !== null) return row.cancel_reason;
  if (row.state !== 'pending') return null;
  return row.concurrency === null
    ? 'is about to start'
    : `waits for the concurrency group ${row.concurrency.group}`;
}

export const presentFinding = ({ rule, file, at, message }: Finding) => ({
  rule,
  file,
  message,
  line: at.start.line,
  column: at.start.column,
  end_line: at.end.line,
  end_column: at.end.column,
});

export function presentJob(row: JobRow): WorkflowJob {
  const { id, run_id, attempt, key, name, state, conclusion, reason, condition, blocked, labels } = row;
  return {
    ...{ id, run_id, attempt, key, name, state, conclusion, reason, condition, blocked, labels },
    path: pathOf(key),
    failure: row.failure,
    tests: row.tests,
    environment: row.environment,
    environment_url: row.environment_url,
    needs_approval: isAsked(row),
    approved_by: row.approved_by,
    runner: row.runner_name,
    carried: row.carried_from !== null,
    created_at: row.created_at.toISOString(),
    queued_at: iso(row.queued_at),
    started_at: iso(row.started_at),
    finished_at: iso(row.finished_at),
    duration_seconds: seconds(row.started_at, row.finished_at),
  };
}

export function presentStep(row: StepRow): JobStep {
  const { number, name, phase, state, outcome, conclusion, detail, condition } = row;
  return {
    ...{ number, name, phase, state, outcome, conclusion, detail, condition },
    started_at: row.started_at.toISOString(),
    finished_at: iso(row.finished_at),
    duration_seconds: seconds(row.started_at, row.finished_at),
  };
}

export function presentAnnotation(row: AnnotationRow): Annotation {
  const { level, message, title, path, line, end_line, column, end_column, step } = row;
  return { level, message, title, path, line, end_line, column, end_column, step };
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const seconds = (from: Date | null, to: Date | null): number | null =>
  from === null || to === null ? null : Math.max(0, (to.getTime() - from.getTime()) / 1000);
