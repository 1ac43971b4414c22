import sql, { empty } from 'sql-template-tag';
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

/** Nothing where all are meant: to ask it of each of very many rows would take a while. */
export const inScope = ({ app, environment }: StatsFilter) =>
  app === undefined && environment === undefined
    ? empty
    : sql`and d.environment_id = any(array(
        select e.id from environments e join apps a on a.id = e.app_id
        where (${app ?? null}::text is null or a.name = ${app ?? null})
          and (${environment ?? null}::text is null or e.name = ${environment ?? null})))`;

/** The beginning of the first of the days, in the viewer's time zone. */
export const since = (filter: StatsFilter, now: Date) =>
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
      where d.finished_at >= ${since(filter, now)} ${inScope(filter)}),
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

/** Percentiles of how long successes took (null when there was none), and how many deploys ended. */
export async function selectDurations(
  db: Queryable,
  now: Date,
  filter: StatsFilter,
): Promise<{ p50: number | null; p90: number | null; p99: number | null; total: number }> {
  // All percentiles at once, since each by itself would sort everything anew.
  const { percentiles, total } = await db.one<{ percentiles: number[] | null; total: number }>(sql`
    select percentile_cont(array[0.5, 0.9, 0.99]) within group (order by seconds) as percentiles, count(*) as total
    from (
      select case when d.state = 'succeeded' then extract(epoch from d.finished_at - d.started_at)::float8 end as seconds
      from deploys d where d.finished_at >= ${since(filter, now)} ${inScope(filter)}) x`);
  const [p50 = null, p90 = null, p99 = null] = percentiles ?? [];
  return { p50, p90, p99, total };
}
