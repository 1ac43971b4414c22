import styles from './RelativeBar.module.css';

export interface BarPart {
  readonly value: number;
  readonly tone: 'good' | 'bad' | 'quiet' | 'moving';
  /** "3 succeeded" */
  readonly label: string;
}

/** A bar as long as its parts are, relative to the longest of its kind (`max`). Each tone has a pattern of its own. */
export function RelativeBar({ parts, max }: { parts: readonly BarPart[]; max: number }) {
  const shown = parts.filter((part) => part.value > 0);
  return (
    <span role="img" aria-label={shown.map((part) => part.label).join(', ') || 'none'} className={styles.bar}>
      {shown.map((part) => (
        <span
          key={part.label}
          className={styles[part.tone]}
          style={{ width: `${(100 * part.value) / Math.max(max, 1)}%` }}
        />
      ))}
    </span>
  );
}
