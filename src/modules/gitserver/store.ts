import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';

/** Has every hosted repository looked at now: a Slipway that died may have left there what nobody recorded. */
export async function askForLooks(db: Queryable, now: Date): Promise<void> {
  await db.run(sql`
    update repositories set fetch_requested_at = greatest(${now}, fetch_started_at + interval '1 millisecond')
    where jsonb_typeof(config->'url') is distinct from 'string'`);
}

/** Whoever records the refs of a repository next waits until this transaction has ended. False: it was deleted. */
export async function lockRepository(tx: Tx, id: number): Promise<boolean> {
  return (await tx.run(sql`select 1 from repositories where id = ${id} for no key update`)) === 1;
}

/**
 * A push is recorded as a fetch is: what is remembered of a repository is remembered by `fetched_at`, so no two
 * pushes have the same. The lease of who looks after the repository stays. With `look`, somebody shall do so now.
 */
export async function updatePushed(
  tx: Tx,
  now: Date,
  id: number,
  defaultBranch: string | null,
  look: boolean,
): Promise<void> {
  await tx.run(sql`
    update repositories
    set fetched_at = greatest(${now}, fetched_at + interval '1 millisecond'),
        refs_known_at = coalesce(refs_known_at, ${now}), default_branch = ${defaultBranch},
        fetch_requested_at = case when ${look} then ${now} else fetch_requested_at end,
        failing_since = null, failure_kind = null, failure_message = null
    where id = ${id}`);
}
