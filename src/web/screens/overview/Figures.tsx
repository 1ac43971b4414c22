import { useState } from 'react';
import type { App } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { viewerTimeZone } from '../../lib/zone.ts';
import { Select } from '../../ui/Field.tsx';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { environmentColumns } from './columns.ts';
import styles from './Figures.module.css';
import { type Figure, figuresOf, type Trend } from './figures.ts';

const days = 30;

/** The figures of DORA, of production where there is one. */
export function Figures({ apps }: { apps: readonly App[] }) {
  const environments = environmentColumns(apps);
  const [chosen, setChosen] = useState<string>();
  const environment = chosen ?? (environments.includes('production') ? 'production' : '');
  const query = { days, time_zone: viewerTimeZone(), ...(environment === '' ? {} : { environment }) };
  const stats = useApi(api.deployStats, { query }, { keepPrevious: true, enabled: apps.length > 0 });
  return (
    <Section
      title={`The last ${days} days`}
      actions={
        <Select
          label="Environment"
          labelHidden
          value={environment}
          onChange={(event) => setChosen(event.target.value)}
          options={[
            { value: '', label: 'All environments' },
            ...environments.map((name) => ({ value: name, label: name })),
          ]}
        />
      }
    >
      {stats.error !== null && stats.data === undefined ? (
        <ProblemNote error={stats.error} doing="Loading the figures" onRetry={() => void stats.refetch()} />
      ) : (
        <dl className={styles.figures}>
          {stats.data
            ? figuresOf(stats.data.figures.now, stats.data.figures.before).map((figure) => (
                <Tile key={figure.name} figure={figure} />
              ))
            : names.map((name) => <TileSkeleton key={name} name={name} />)}
        </dl>
      )}
    </Section>
  );
}

const names = ['Deploy frequency', 'Lead time', 'Change failure rate', 'Time to restore'];

function Tile({ figure }: { figure: Figure }) {
  return (
    <div className={styles.tile}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what it means is told to the keyboard too. */}
      <dt tabIndex={0} data-tip={figure.meaning} className={styles.name}>
        {figure.name}
      </dt>
      <dd className={figure.value === null ? styles.none : styles.value}>{figure.value ?? 'Nothing yet'}</dd>
      <dd className={styles.trend}>
        <TrendWords trend={figure.trend} />
      </dd>
    </div>
  );
}

const arrows: Record<Trend['direction'], string> = { up: '↑', down: '↓', same: '→', unknown: '' };

function TrendWords({ trend }: { trend: Trend }) {
  if (trend.before === null) return <>no deploys to compare with in the {days} days before</>;
  if (trend.verdict === 'unknown')
    return (
      <>
        {trend.before} in the {days} days before
      </>
    );
  if (trend.verdict === 'same')
    return (
      <>
        {arrows.same} as in the {days} days before
      </>
    );
  return (
    <>
      <span className={styles[trend.verdict]}>
        {arrows[trend.direction]} {trend.verdict}
      </span>{' '}
      than {trend.before} before
    </>
  );
}

const TileSkeleton = ({ name }: { name: string }) => (
  <div className={styles.tile}>
    <dt className={styles.name}>{name}</dt>
    <dd className={styles.value}>
      <Skeleton width="5rem" />
    </dd>
    <dd className={styles.trend}>
      <Skeleton width="8rem" />
    </dd>
  </div>
);
