import sql from 'sql-template-tag';
import type { RepositoryConfig } from '../../contract/configuration.ts';
import type { Tx } from '../../platform/db/database.ts';
import { fromRuns, runColumns } from './runStore.ts';
import type { RunRow } from './runs.ts';

/** A run that somebody waits for, and what its event said. */
export type AwaitedRun = RunRow & {
  config: RepositoryConfig;
  default_branch: string;
  /** Of the default branch. */
  default_sha: string;
  depth: number;
  payload: Readonly<Record<string, unknown>> | null;
};

/** The run, if workflows of the default branch want to know that this happened in it. */
export function selectAwaitedRun(tx: Tx, id: number, what: string): Promise<AwaitedRun | undefined> {
  return tx.maybe<AwaitedRun>(sql`
    select ${runColumns}, p.config, p.default_branch, k.sha as default_sha, t.depth, t.payload
    ${fromRuns} join triggers t on t.id = r.trigger_id
    join known_refs k on k.repository_id = p.id and k.ref = 'refs/heads/' || p.default_branch
    where r.id = ${id} and ${what} = any(p.run_events)`);
}
