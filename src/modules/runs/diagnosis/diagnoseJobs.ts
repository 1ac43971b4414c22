import type { FailingSince } from '../../../contract/runTests.ts';
import type { Queryable } from '../../../platform/db/database.ts';
import type { JobRow, RunRow } from '../runs.ts';
import { earlierRunsOf, presentSince } from './earlierRuns.ts';
import { failingSince } from './history.ts';
import { selectJobEnds } from './testStore.ts';

/** Of jobs that failed, by their ids: since when the same job fails on the default branch, too. */
export async function diagnoseJobs(
  db: Queryable,
  run: RunRow,
  jobs: readonly JobRow[],
): Promise<ReadonlyMap<number, FailingSince>> {
  const failed = jobs.filter(({ conclusion }) => conclusion === 'failure');
  if (failed.length === 0) return new Map();
  const { branch, runs } = await earlierRunsOf(db, run);
  const keys = failed.map(({ key }) => key);
  const ends = Map.groupBy(
    await selectJobEnds(
      db,
      runs.map(({ id }) => id),
      keys,
    ),
    ({ key }) => key,
  );
  return new Map(
    failed.flatMap(({ id, key }) => {
      const since = presentSince(run, branch, failingSince(runs, ends.get(key) ?? []));
      return since === null ? [] : [[id, since] as const];
    }),
  );
}
