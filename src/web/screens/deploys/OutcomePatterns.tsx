import styles from './HistoryChart.module.css';

/** How outcomes are filled: full, hatched, dotted. So they are told apart without their colours. */
export function OutcomePatterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-succeeded`} width="4" height="4" patternUnits="userSpaceOnUse">
        <rect className={styles.succeededFill} width="4" height="4" />
      </pattern>
      <pattern
        id={`${id}-failed`}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className={styles.failedGround} width="5" height="5" />
        <rect className={styles.failedFill} width="2.6" height="5" />
      </pattern>
      <pattern id={`${id}-cancelled`} width="4" height="4" patternUnits="userSpaceOnUse">
        <rect className={styles.cancelledGround} width="4" height="4" />
        <circle className={styles.cancelledFill} cx="2" cy="2" r="0.8" />
      </pattern>
    </defs>
  );
}
