import type { Queryable } from '../../platform/db/database.ts';
import { describeFinding } from '../../workflows/language/index.ts';
import type { CommitChecks } from '../gates/index.ts';
import { selectCommitRuns, selectFailedJobs, selectNotNeeded, selectPlanning } from './commitRunStore.ts';
import { type RunRow, runName } from './runs.ts';

/** What workflows make of a commit, as its gates want to know it. */
export type CommitFacts = Omit<CommitChecks, 'reported'>;

/** The newest run of each workflow and event of a commit, and what its events did not start. */
export async function commitFacts(db: Queryable, repositoryId: number, sha: string): Promise<CommitFacts> {
  const [runs, notNeeded, planning] = await Promise.all([
    selectCommitRuns(db, repositoryId, sha),
    selectNotNeeded(db, repositoryId, sha),
    selectPlanning(db, repositoryId, sha),
  ]);
  const failed = runs.filter(({ conclusion }) => conclusion === 'failure').map(({ id }) => id);
  const why = await selectFailedJobs(db, failed);
  return {
    runs: runs.map((run) => ({
      id: run.id,
      label: runName(run),
      workflow: run.name,
      file: run.file,
      state: run.state,
      conclusion: run.conclusion,
      why: run.cancel_reason ?? why.get(run.id) ?? findingOf(run),
    })),
    notNeeded: notNeeded.flatMap(({ file, name }) => [file, name]),
    planning,
  };
}

function findingOf({ findings }: RunRow): string {
  const [first] = findings ?? [];
  return first === undefined ? '' : describeFinding(first);
}
