import styles from '../../features/log/work.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Stands where the deploy will. */
export function DeploySkeleton() {
  return (
    <div className={styles.layout}>
      <div className={styles.steps}>
        <Skeleton lines={4} width="70%" />
      </div>
      <div className={styles.log}>
        <div className={styles.logSkeleton} />
      </div>
      <div className={styles.more}>
        <Skeleton lines={5} width="50%" />
      </div>
    </div>
  );
}
