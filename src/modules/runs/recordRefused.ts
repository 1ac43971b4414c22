import type { Tx } from '../../platform/db/database.ts';
import { describeFinding } from '../../workflows/language/index.ts';
import { recordJobCheck } from '../checks/index.ts';
import type { RepositoryRow } from '../repositories/index.ts';
import { runUrl } from './present.ts';
import type { NewRun } from './runStore.ts';

/** A workflow that could not be planned has no job that could say so: it is a check of its own, and failed. */
export async function recordRefused(
  tx: Tx,
  now: Date,
  publicUrl: string,
  repository: RepositoryRow,
  run: NewRun,
): Promise<void> {
  await recordJobCheck(tx, now, {
    repositoryId: repository.id,
    repository: repository.name,
    sha: run.sha,
    workflow: run.name,
    runId: run.id,
    jobId: null,
    name: run.name,
    status: 'completed',
    conclusion: 'failure',
    passes: null,
    url: runUrl(publicUrl, run.id),
    summary: (run.findings ?? []).map(describeFinding).join('\n').slice(0, 10_000),
  });
}

/** Nothing of a commit could be planned, and so there is no run either: a check says why, else nobody would hear of it. */
export async function recordUnplanned(
  tx: Tx,
  now: Date,
  publicUrl: string,
  repository: RepositoryRow,
  { sha, problem }: { sha: string; problem: string },
): Promise<void> {
  await recordJobCheck(tx, now, {
    repositoryId: repository.id,
    repository: repository.name,
    sha,
    workflow: 'workflows',
    runId: null,
    jobId: null,
    name: 'workflows',
    status: 'completed',
    conclusion: 'failure',
    passes: null,
    url: `${publicUrl}/repositories/${repository.name}/commits/${sha}`,
    summary: `the workflows of this commit could not be planned: ${problem}`.slice(0, 10_000),
  });
}
