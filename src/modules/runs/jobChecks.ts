import type { CheckConclusion, CheckStatus } from '../../contract/states.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordJobCheck } from '../checks/index.ts';
import type { JobRow, RunRow } from './runs.ts';

const statusOf: Record<JobRow['state'], CheckStatus> = {
  pending: 'queued',
  waiting: 'queued',
  queued: 'queued',
  running: 'in_progress',
  cancelling: 'in_progress',
  completed: 'completed',
};

/** Says how a job stands as a check of its commit. `summary`: the first words that people read when it failed. */
export async function checkOfJob(
  tx: Tx,
  now: Date,
  run: RunRow,
  job: Pick<JobRow, 'id' | 'name' | 'state' | 'conclusion' | 'reason' | 'blocked'>,
  publicUrl: string,
  summary: string = job.reason ?? '',
): Promise<void> {
  const conclusion: CheckConclusion | null = job.conclusion;
  await recordJobCheck(tx, now, {
    repositoryId: run.repository_id,
    repository: run.repository,
    sha: run.sha,
    workflow: run.name,
    runId: run.id,
    jobId: job.id,
    name: job.name,
    status: statusOf[job.state],
    conclusion,
    passes: conclusion === 'skipped' && job.blocked ? false : null,
    summary: summary.slice(0, 10_000),
    url: `${publicUrl}/runs/${run.id}/jobs/${job.id}`,
  });
}
