import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import type { Group } from '../../workflows/plan/index.ts';

export interface GroupRow extends Group {
  readonly name: string;
}

/** The group of that name, locked until the transaction ends; null when nobody has it. */
export async function lockGroup(tx: Tx, repositoryId: number, name: string): Promise<Group | null> {
  await tx.run(sql`
    insert into concurrency_groups (repository_id, name) values (${repositoryId}, ${name}) on conflict do nothing`);
  const row = await tx.one<{ holder: string | null; waiting: string[] }>(sql`
    select holder, waiting from concurrency_groups where repository_id = ${repositoryId} and name = ${name} for update`);
  return row.holder === null ? null : { holder: row.holder, waiting: row.waiting };
}

/** Who has a group and waits for it from now on; null: nobody. Its row must be locked. */
export async function setGroup(
  tx: Tx,
  repositoryId: number,
  name: string,
  group: Group | null,
  runs: readonly number[],
): Promise<void> {
  const which = sql`repository_id = ${repositoryId} and name = ${name}`;
  if (group === null) await tx.run(sql`delete from concurrency_groups where ${which}`);
  else
    await tx.run(sql`
      update concurrency_groups set holder = ${group.holder}, waiting = ${group.waiting}, runs = ${runs} where ${which}`);
}

/** Groups that a run has, or waits for, locked. */
export function lockGroupsOf(tx: Tx, runId: number): Promise<GroupRow[]> {
  return tx.many<GroupRow>(sql`
    select name, holder, waiting from concurrency_groups where runs && ${[runId]}::bigint[] and holder is not null
    order by name for update`);
}

/** All groups of a repository that somebody has, as they are now. */
export function selectGroups(db: Queryable, repositoryId: number): Promise<GroupRow[]> {
  return db.many<GroupRow>(sql`
    select name, holder, waiting from concurrency_groups
    where repository_id = ${repositoryId} and holder is not null order by name`);
}
