import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

export interface StatsFilter {
  app?: string | undefined;
  environment?: string | undefined;
  days: number;
  time_zone: string;
}

export interface DayRow {
  day: string;
  succeeded: number;
  failed: number;
  cancelled: number;
  rollbacks: number;
}

const inScope = (filter: StatsFilter) => sql`d.environment_id = any(array(
  select e.id from environments e join apps a on a.id = e.app_id
  where (${filter.app ?? null}::text is null or a.name = ${filter.app ?? null})
    and (${filter.environment ?? null}::text is null or e.name = ${filter.environment ?? null})))`;

const since = (filter: StatsFilter, now: Date) =>
  sql`((date_trunc('day', ${now}::timestamptz at time zone ${filter.time_zone})
        - make_interval(days => ${filter.days - 1})) at time zone ${filter.time_zone})`;

/** Deploys that ended on each of the last days, every day present, in the viewer's time zone. */
export function selectDays(db: Queryable, now: Date, filter: StatsFilter): Promise<DayRow[]> {
  return db.many<DayRow>(sql`
    with days as (
      select generate_series(0, ${filter.days - 1}) as back),
    ended as (
      select (d.finished_at at time zone ${filter.time_zone})::date as day, d.state, d.kind
      from deploys d
      where d.finished_at >= ${since(filter, now)} and ${inScope(filter)}),
    counted as (
      select day, count(*) filter (where state = 'succeeded') as succeeded,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state in ('cancelled', 'superseded')) as cancelled,
        count(*) filter (where kind = 'rollback' and state = 'succeeded') as rollbacks
      from ended group by day)
    select to_char(x.day, 'YYYY-MM-DD') as day, coalesce(succeeded, 0) as succeeded, coalesce(failed, 0) as failed,
      coalesce(cancelled, 0) as cancelled, coalesce(rollbacks, 0) as rollbacks
    from (select (${now}::timestamptz at time zone ${filter.time_zone})::date - back as day from days) x
    left join counted c on c.day = x.day order by x.day`);
}

export function selectDurations(db: Queryable, now: Date, filter: StatsFilter) {
  return db.one<{ p50: number | null; p90: number | null; p99: number | null; total: number }>(sql`
    select percentile_cont(0.5) within group (order by seconds) as p50,
      percentile_cont(0.9) within group (order by seconds) as p90,
      percentile_cont(0.99) within group (order by seconds) as p99, count(*) as total
    from (
      select case when d.state = 'succeeded' then extract(epoch from d.finished_at - d.started_at)::float8 end as seconds
      from deploys d where d.finished_at >= ${since(filter, now)} and ${inScope(filter)}) x`);
}
