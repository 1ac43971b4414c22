import type { Tx } from '../../platform/db/database.ts';
import { recordJobCheck } from '../checks/index.ts';
import type { RepositoryRow } from '../repositories/index.ts';
import type { TriggerRow } from '../triggers/index.ts';

/** Checks that a workflow would have reported. */
export interface ExpectedChecks {
  readonly workflow: string;
  readonly reason: string;
  readonly names: readonly string[];
}

/**
 * A workflow that its path filters excluded reports its checks as passed, since they are not needed: where they are
 * required, nobody would ever report them otherwise.
 */
export async function recordNotNeeded(
  tx: Tx,
  now: Date,
  publicUrl: string,
  repository: RepositoryRow,
  trigger: TriggerRow,
  excluded: readonly ExpectedChecks[],
): Promise<void> {
  for (const { workflow, reason, names } of excluded) {
    for (const name of names) {
      await recordJobCheck(tx, now, {
        repositoryId: repository.id,
        repository: repository.name,
        sha: trigger.sha,
        workflow,
        runId: null,
        jobId: null,
        name,
        status: 'completed',
        conclusion: 'skipped',
        passes: true,
        url: `${publicUrl}/repositories/${repository.name}/commits/${trigger.sha}`,
        summary: `not needed: ${reason}`,
      });
    }
  }
}
