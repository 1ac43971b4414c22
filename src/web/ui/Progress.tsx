import { classes } from './classes.ts';
import styles from './Progress.module.css';

export interface ProgressProps {
  /** Between 0 and 1; undefined when nobody can know. */
  readonly value: number | undefined;
  /** What goes on: "harbor/staging#12". */
  readonly label: string;
  /** In words, for who hears it: "about 20 s left". */
  readonly valueText?: string | undefined;
  readonly tone?: 'moving' | 'good' | 'bad';
}

/** How far something is, as the scale bar of a chart. */
export function Progress({ value, label, valueText, tone = 'moving' }: ProgressProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={valueText}
      className={classes(styles.bar, styles[tone], percent === undefined && styles.unknown)}
    >
      <span className={styles.done} style={{ width: `${percent ?? 100}%` }} />
    </div>
  );
}
