import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import styles from './Ladder.module.css';

/** As tall as two environments are likely to be. */
export function EnvironmentsSkeleton() {
  return (
    <Loading label="Loading the environments">
      <ul className={styles.environments}>
        {['first', 'second'].map((key) => (
          <li key={key} className={styles.environment}>
            <Skeleton lines={4} width="40%" />
          </li>
        ))}
      </ul>
    </Loading>
  );
}

/** Rungs to come. */
export function ChartSkeleton({ columns = 2 }: { columns?: number }) {
  return (
    <Loading label="Loading the commits">
      <div className={styles.skeleton} style={{ '--columns': columns } as React.CSSProperties}>
        {Array.from({ length: 10 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
          <div key={index} className={styles.skeletonRow}>
            <Skeleton width={`${55 + ((index * 37) % 40)}%`} />
            <Skeleton width="30%" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
