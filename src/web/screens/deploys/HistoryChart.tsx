import { useState } from 'react';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { viewerTimeZone } from '../../lib/zone.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Bars } from './Bars.tsx';
import { totalOf } from './bars.ts';
import { DaysTable } from './DaysTable.tsx';
import type { ChartDays } from './filter.ts';
import styles from './HistoryChart.module.css';
import { Legend } from './Legend.tsx';

export interface HistoryChartProps {
  readonly days: ChartDays;
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
  /** The day that is shown alone, if one is. */
  readonly chosen?: string | undefined;
  /** A bar was pressed: its day, as 2026-11-20. */
  readonly onChoose: (day: string) => void;
}

/** How the deploys of each day ended: as bars, and for who wants numbers as a table. */
export function HistoryChart({ days, app, environment, chosen, onChoose }: HistoryChartProps) {
  const [asTable, setAsTable] = useState(false);
  const query = {
    days,
    time_zone: viewerTimeZone(),
    ...(app === undefined ? {} : { app }),
    ...(environment === undefined ? {} : { environment }),
  };
  const { data, error, refetch } = useApi(api.deployStats, { query }, { keepPrevious: true });
  if (data === undefined) {
    return error === null ? (
      <div className={styles.placeholder} aria-busy="true" />
    ) : (
      <ProblemNote error={error} doing="Loading the days" onRetry={() => void refetch()} />
    );
  }
  return (
    <figure className={styles.chart}>
      {asTable ? (
        <DaysTable days={data.days} />
      ) : (
        <Bars days={data.days} chosen={chosen} onChoose={onChoose} />
      )}
      <figcaption className={styles.caption}>
        {asTable ? (
          <span>{sumUp(data.days.map(totalOf))}</span>
        ) : (
          <Legend total={sumUp(data.days.map(totalOf))} />
        )}
        <Button size="small" tone="quiet" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'As bars' : 'As a table'}
        </Button>
      </figcaption>
    </figure>
  );
}

function sumUp(totals: readonly number[]): string {
  const total = totals.reduce((sum, count) => sum + count, 0);
  return `${total === 1 ? 'One deploy' : `${total} deploys`} in ${totals.length} days`;
}
