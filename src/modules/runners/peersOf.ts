import type { Queryable } from '../../platform/db/database.ts';
import { isGone } from '../../platform/processes/index.ts';
import { type RunnerKind, selectRunners } from './store.ts';

/** The other runners of a kind that have not said goodbye: those of this machine whose process is gone, and all others. */
export async function peersOf(
  db: Queryable,
  kind: RunnerKind,
  ownId: string,
): Promise<{ dead: string[]; others: string[] }> {
  const rows = (await selectRunners(db, kind)).filter((row) => row.id !== ownId);
  const [dead, others] = [
    rows.filter((row) => isGone(row.identity)),
    rows.filter((row) => !isGone(row.identity)),
  ];
  return { dead: dead.map((row) => row.id), others: others.map((row) => row.id) };
}
