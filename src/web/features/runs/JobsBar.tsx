import type { JobCounts } from '../../../contract/runs.ts';
import { classes } from '../../ui/classes.ts';
import styles from './runs.module.css';

const parts = [
  ['success', 'succeeded'],
  ['failure', 'failed'],
  ['cancelled', 'cancelled'],
  ['running', 'running'],
  ['waiting', 'waiting'],
  ['skipped', 'skipped'],
] as const satisfies readonly (readonly [Exclude<keyof JobCounts, 'total'>, string])[];

/** The jobs of a run by how they stand, as a small bar; in words for who hears it, and as its tip. */
export function JobsBar({ jobs }: { jobs: JobCounts }) {
  if (jobs.total === 0) return null;
  const words = parts
    .filter(([part]) => jobs[part] > 0)
    .map(([part, word]) => `${jobs[part]} ${word}`)
    .join(', ');
  return (
    <span role="img" aria-label={`Jobs: ${words}`} data-tip={words} className={styles.bar}>
      {parts.map(([part]) =>
        jobs[part] === 0 ? null : (
          <span key={part} className={classes(styles.part, styles[part])} style={{ flexGrow: jobs[part] }} />
        ),
      )}
    </span>
  );
}
