import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import type { DeployFigures } from '../../contract/deploys.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

const hour = 3600;
const day = 24 * hour;

interface Past {
  state?: 'succeeded' | 'failed' | 'cancelled';
  kind?: 'deploy' | 'redeploy' | 'rollback';
  /** When it finished, in seconds before now. */
  ago: number;
  /** When its commit was made. */
  committedAgo?: number;
}

let environments = 0;
/** An environment with this past, oldest first. Answers how the API is asked about it. */
async function past(...deploys: Past[]): Promise<{ app: string; environment: string }> {
  const app = `app-${++environments}`;
  const { id } = await test.db.one<{ id: number }>(sql`
    with repository as (insert into repositories (name, config, created_at) values (${app}, '{}', now()) returning id),
    team as (insert into teams (slug, name, created_at) values (${app}, ${app}, now()) returning id),
    app as (
      insert into apps (name, repository_id, team_id, config, created_at)
      select ${app}, repository.id, team.id, '{}', now() from repository, team returning id)
    insert into environments (app_id, name, position, config) select id, 'production', 0, '{}' from app returning id`);
  for (const [
    index,
    { state = 'succeeded', kind = 'deploy', ago, committedAgo = null },
  ] of deploys.entries()) {
    await test.db.run(sql`
      insert into deploys (environment_id, number, kind, state, ref, sha, title, author, committed_at, config,
        requested_by, requested_by_kind, requested_at, started_at, finished_at)
      select ${id}, ${index + 1}, ${kind}, ${state}, 'main', ${String(index).padStart(40, 'a')}, '', '',
        at - make_interval(secs => ${committedAgo}::float8 - ${ago}), '{}', 'ada', 'user', at, at - interval '1 minute', at
      from (select now() - make_interval(secs => ${ago}) as at) x`);
  }
  return { app, environment: 'production' };
}

async function figures(where: { app: string; environment: string }, days = 10) {
  const stats = await test.machine.call(api.deployStats, { query: { ...where, days } });
  return stats.figures;
}

const about = (seconds: number) => expect.closeTo(seconds, 0);

describe('the figures of an environment', () => {
  it('are null, not zero, where nothing happened', async () => {
    const nothing: DeployFigures = {
      releases: 0,
      releases_per_day: 0,
      changes: 0,
      failed_changes: 0,
      change_failure_rate: null,
      lead_seconds: null,
      restores: 0,
      restore_seconds: null,
    };
    expect(await figures(await past())).toEqual({ now: nothing, before: nothing });
  });

  it('count what was shipped, a day, beside the days before', async () => {
    const where = await past(
      { ago: 15 * day },
      { ago: 3 * day },
      { ago: 2 * day, kind: 'redeploy' },
      { ago: 2 * hour, state: 'cancelled' },
      { ago: hour },
    );
    const { now, before } = await figures(where);
    expect(now).toMatchObject({ releases: 3, releases_per_day: 0.3, changes: 3, change_failure_rate: 0 });
    expect(before).toMatchObject({ releases: 1, releases_per_day: 0.1 });
  });

  it('call a change failed that failed, or that was rolled back from', async () => {
    const where = await past(
      { ago: 9 * hour },
      { ago: 8 * hour, state: 'failed' },
      { ago: 7 * hour },
      { ago: 6 * hour },
      { ago: 5 * hour, kind: 'rollback' },
    );
    expect((await figures(where)).now).toMatchObject({
      changes: 4,
      failed_changes: 2,
      change_failure_rate: 0.5,
    });
  });

  it('do not count a failure twice that a rollback repaired', async () => {
    const where = await past(
      { ago: 9 * hour },
      { ago: 8 * hour, state: 'failed' },
      { ago: 6 * hour, kind: 'rollback' },
    );
    expect((await figures(where)).now).toMatchObject({
      changes: 2,
      failed_changes: 1,
      restores: 1,
      restore_seconds: about(2 * hour),
    });
  });

  it('take the time from the first of several failures to the success after them', async () => {
    const where = await past(
      { ago: 20 * hour },
      { ago: 10 * hour, state: 'failed' },
      { ago: 9 * hour, state: 'failed' },
      { ago: 8.5 * hour, state: 'failed', kind: 'rollback' },
      { ago: 7 * hour },
      { ago: hour, state: 'failed' },
    );
    expect((await figures(where)).now).toMatchObject({ restores: 1, restore_seconds: about(3 * hour) });
  });

  it('take the time that a bad release was live, and the median of all', async () => {
    const where = await past(
      { ago: 100 * hour },
      { ago: 90 * hour },
      { ago: 89 * hour, kind: 'rollback' },
      { ago: 50 * hour, state: 'failed' },
      { ago: 47 * hour },
      { ago: 20 * hour },
      { ago: 10 * hour, kind: 'rollback' },
    );
    expect((await figures(where)).now).toMatchObject({ restores: 3, restore_seconds: about(3 * hour) });
  });

  it('tell how old commits are when they are live; of what clocks got wrong they tell nothing', async () => {
    const where = await past(
      { ago: 4 * hour, committedAgo: 5 * hour },
      { ago: 3 * hour, committedAgo: 6 * hour },
      { ago: 2 * hour, committedAgo: 20 * hour },
      { ago: hour, committedAgo: 0.5 * hour },
      { ago: 0.5 * hour, committedAgo: 100 * hour, kind: 'redeploy' },
      { ago: 0.4 * hour },
    );
    expect((await figures(where)).now.lead_seconds).toEqual(about(3 * hour));
  });

  it('are of the app and the environment that were asked about, or of all', async () => {
    const one = await past({ ago: hour });
    const other = await past({ ago: hour }, { ago: 0.5 * hour });
    expect((await figures(one)).now.releases).toBe(1);
    expect((await figures(other)).now.releases).toBe(2);
    const { figures: all } = await test.machine.call(api.deployStats, { query: { days: 10 } });
    expect(all.now.releases).toBeGreaterThanOrEqual(3);
  });
});

describe('the history', () => {
  it('is searched by words of the title, the ref or the author, and by the beginning of a sha', async () => {
    const where = await past({ ago: 3 * hour }, { ago: 2 * hour }, { ago: hour });
    await test.db.run(sql`
      update deploys set title = 'Fix 100% of the buoys', author = 'Grace Hopper', sha = ${`beef${'0'.repeat(36)}`}
      where number = 2 and environment_id = (select e.id from environments e join apps a on a.id = e.app_id
        where a.name = ${where.app})`);
    const found = async (text: string) => {
      const { items } = await test.machine.call(api.listDeploys, { query: { ...where, text } });
      return items.map((deploy) => deploy.number);
    };
    expect(await found('BUOYS')).toEqual([2]);
    expect(await found('100%')).toEqual([2]);
    expect(await found('hopper')).toEqual([2]);
    expect(await found('beef0')).toEqual([2]);
    expect(await found('main')).toEqual([3, 2, 1]);
    expect(await found('%')).toEqual([2]);
  });
});
