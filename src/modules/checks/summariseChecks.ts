import type { CheckSummary } from '../../contract/repositories.ts';
import { isGreen } from '../../contract/states.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { type CheckRow, selectChecksOf } from './store.ts';

/** The checks of each commit in one word; a commit that nobody reported on has none. */
export async function summariseChecks(
  db: Queryable,
  repositoryId: number,
  shas: readonly string[],
): Promise<(sha: string) => CheckSummary> {
  const bySha = Map.groupBy(await selectChecksOf(db, repositoryId, shas), (row) => row.sha);
  return (sha) => summaryOf(bySha.get(sha) ?? []);
}

function summaryOf(checks: readonly CheckRow[]): CheckSummary {
  const pending = checks.filter((check) => check.status !== 'completed').length;
  const passed = checks.filter(
    (check) => check.status === 'completed' && (check.passes ?? isGreen(check.conclusion)),
  ).length;
  const failed = checks.length - pending - passed;
  const state = checks.length === 0 ? 'none' : failed > 0 ? 'failed' : pending > 0 ? 'pending' : 'passed';
  return { state, passed, failed, pending };
}
