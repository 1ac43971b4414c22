import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';

export interface UnheededBranch {
  repository_id: number;
  ref: string;
  sha: string;
}

/** Default branches that stand where their workflows were not asked yet, unless a push will do so. */
export function selectUnheeded(db: Queryable, limit: number): Promise<UnheededBranch[]> {
  return db.many<UnheededBranch>(sql`
    select r.id as repository_id, k.ref, k.sha
    from repositories r join known_refs k on k.repository_id = r.id and k.ref = 'refs/heads/' || r.default_branch
    where r.heeded_sha is distinct from k.sha
      and not exists (
        select 1 from triggers t
        where t.repository_id = r.id and t.planned_at is null and t.event = 'push' and t.ref = k.ref)
    order by r.id limit ${limit}`);
}

/** `runEvents`: what runs of the repository must do for its workflows to want to know; undefined: as it was. */
export async function markHeeded(
  tx: Tx,
  repositoryId: number,
  sha: string,
  runEvents?: readonly string[],
): Promise<void> {
  await tx.run(sql`
    update repositories set heeded_sha = ${sha}, run_events = coalesce(${runEvents ?? null}::text[], run_events)
    where id = ${repositoryId}`);
}
