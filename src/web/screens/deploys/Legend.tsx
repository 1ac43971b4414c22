import { useId } from 'react';
import { outcomes } from './bars.ts';
import styles from './HistoryChart.module.css';
import { OutcomePatterns } from './OutcomePatterns.tsx';

/** What the fillings mean, after how many there are of all. */
export function Legend({ total }: { total: string }) {
  const patterns = useId();
  return (
    <div className={styles.legend}>
      <span>{total}</span>
      {outcomes.map((outcome) => (
        <span key={outcome} className={styles.key}>
          <svg width="12" height="12" aria-hidden="true" focusable="false">
            <OutcomePatterns id={`${patterns}-${outcome}`} />
            <rect
              className={styles[outcome]}
              x="0.5"
              y="0.5"
              width="11"
              height="11"
              fill={`url(#${patterns}-${outcome}-${outcome})`}
            />
          </svg>
          {outcome === 'cancelled' ? 'cancelled or superseded' : outcome}
        </span>
      ))}
    </div>
  );
}
