import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/harness/database.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { type Db, openDatabase } from '../../platform/db/database.ts';
import { expireLeasesOf, expireUnknownLeases, selectOrphans } from './runnerStore.ts';
import { selectLastAttempt, selectReleases } from './store.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

it('what runners and gates ask again and again does not look at all that ever was', async () => {
  const database = await scoped(createTestDatabase());
  // One connection, so that what it read is counted when it is asked.
  const db = openDatabase(database.connection, 1);
  try {
    const environmentId = await insertHistory(db, 5000);
    const before = await rowsReadInSequence(db);
    await expireUnknownLeases(db, nobody, []);
    await expireLeasesOf(db, nobody);
    await selectOrphans(db, ['running', 'cancelling']);
    await selectLastAttempt(db, environmentId);
    expect(await selectReleases(db, environmentId)).toHaveLength(300);
    expect((await rowsReadInSequence(db)) - before).toBe(0);
  } finally {
    await db.close();
  }
});

/** An environment with so many releases. */
async function insertHistory(db: Db, count: number): Promise<number> {
  const { id } = await db.one<{ id: number }>(sql`
    with repository as (insert into repositories (name, config, created_at) values ('harbor', '{}', now()) returning id),
    team as (insert into teams (slug, name, created_at) values ('web', 'web', now()) returning id),
    app as (
      insert into apps (name, repository_id, team_id, config, created_at)
      select 'harbor', repository.id, team.id, '{}', now() from repository, team returning id)
    insert into environments (app_id, name, position, config) select id, 'production', 0, '{}' from app returning id`);
  await db.run(sql`
    insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by,
      requested_by_kind, requested_at, started_at, finished_at)
    select ${id}, i, 'deploy', 'succeeded', 'main', md5(i::text), '', '', '{}', 'ada', 'user', at, at, at
    from (select i, now() - make_interval(mins => -i) as at from generate_series(1, ${count}::int) as i) x`);
  await db.run(sql`vacuum analyze deploys`);
  return id;
}

async function rowsReadInSequence(db: Db): Promise<number> {
  await db.many(sql`select pg_stat_force_next_flush()`);
  const { rows } = await db.one<{ rows: number }>(
    sql`select seq_tup_read as rows from pg_stat_user_tables where relname = 'deploys'`,
  );
  return rows;
}
