import sql from 'sql-template-tag';
import type { DeployFigures } from '../../contract/deploys.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { inScope, type StatsFilter, since } from './statsStore.ts';

export type Period = 'now' | 'before';

/**
 * The four figures of DORA ("Accelerate", Forsgren, Humble and Kim; dora.dev) of the last days, and of as many days
 * before them. Medians, since one forgotten weekend would bend every average.
 */
export async function selectFigures(
  db: Queryable,
  now: Date,
  filter: StatsFilter,
): Promise<Record<Period, DeployFigures>> {
  const [counts, restores] = await Promise.all([
    selectCounts(db, now, filter),
    selectRestores(db, now, filter),
  ]);
  const figuresOf = (period: Period): DeployFigures => {
    const count = counts.find((row) => row.period === period) ?? nothing;
    const restored = restores.find((row) => row.period === period) ?? nothing;
    const failedChanges = count.failed + restored.rolled_back;
    return {
      releases: count.releases,
      releases_per_day: count.releases / filter.days,
      changes: count.changes,
      failed_changes: failedChanges,
      // What was shipped before the period and rolled back from in it counts as failed, not as changed.
      change_failure_rate: count.changes === 0 ? null : Math.min(1, failedChanges / count.changes),
      lead_seconds: count.lead_seconds,
      restores: restored.restores,
      restore_seconds: restored.restore_seconds,
    };
  };
  return { now: figuresOf('now'), before: figuresOf('before') };
}

interface CountsRow {
  period: Period;
  releases: number;
  changes: number;
  failed: number;
  lead_seconds: number | null;
}

interface RestoresRow {
  period: Period;
  rolled_back: number;
  restores: number;
  restore_seconds: number | null;
}

const nothing = {
  releases: 0,
  changes: 0,
  failed: 0,
  lead_seconds: null,
  rolled_back: 0,
  restores: 0,
  restore_seconds: null,
};

const twice = (filter: StatsFilter): StatsFilter => ({ ...filter, days: 2 * filter.days });

function selectCounts(db: Queryable, now: Date, filter: StatsFilter): Promise<CountsRow[]> {
  return db.many<CountsRow>(sql`
    select case when d.finished_at >= ${since(filter, now)} then 'now' else 'before' end as period,
      count(*) filter (where d.state = 'succeeded') as releases,
      count(*) as changes,
      count(*) filter (where d.state = 'failed') as failed,
      -- A commit that is younger than its deploy was made by a clock that is wrong.
      percentile_cont(0.5) within group (order by case
        when d.state = 'succeeded' and d.kind = 'deploy' and d.committed_at <= d.finished_at
        then extract(epoch from d.finished_at - d.committed_at)::float8 end) as lead_seconds
    from deploys d
    where d.finished_at >= ${since(twice(filter), now)} and d.state in ('succeeded', 'failed') and d.kind <> 'rollback'
      ${inScope(filter)}
    group by 1`);
}

/**
 * What was broken, from when until when. A failed deploy broke something unless it was broken already, until the
 * next success there. A rollback from a success says that this one was bad for as long as it was live.
 */
function selectRestores(db: Queryable, now: Date, filter: StatsFilter): Promise<RestoresRow[]> {
  return db.many<RestoresRow>(sql`
    with failed as (
      select d.environment_id, d.finished_at from deploys d
      where d.finished_at >= ${since(twice(filter), now)} and d.state = 'failed' ${inScope(filter)}
        and (select p.state from deploys p
             where p.environment_id = d.environment_id and p.started_at is not null
               and (p.started_at, p.id) < (d.started_at, d.id)
             order by p.started_at desc, p.id desc limit 1) is distinct from 'failed'),
    repaired as (
      select failed.finished_at as broken_at, success.finished_at as restored_at, false as rolled_back
      from failed
      left join lateral (
        select s.finished_at from deploys s
        where s.environment_id = failed.environment_id and s.state = 'succeeded' and s.finished_at >= failed.finished_at
        order by s.finished_at, s.id limit 1) success on true),
    rolled_back as (
      select bad.finished_at as broken_at, d.finished_at as restored_at, true as rolled_back
      from deploys d
      cross join lateral (
        select p.state, p.kind, p.finished_at from deploys p
        where p.environment_id = d.environment_id and p.started_at is not null
          and (p.started_at, p.id) < (d.started_at, d.id)
        order by p.started_at desc, p.id desc limit 1) bad
      where d.finished_at >= ${since(twice(filter), now)} and d.state = 'succeeded' and d.kind = 'rollback'
        ${inScope(filter)} and bad.state = 'succeeded' and bad.kind <> 'rollback')
    select case when coalesce(restored_at, broken_at) >= ${since(filter, now)} then 'now' else 'before' end as period,
      count(*) filter (where rolled_back) as rolled_back,
      count(restored_at) as restores,
      percentile_cont(0.5) within group (order by extract(epoch from restored_at - broken_at)::float8) as restore_seconds
    from (select * from repaired union all select * from rolled_back) x
    group by 1`);
}
