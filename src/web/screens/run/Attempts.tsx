import { Link } from 'wouter';
import type { RunDetail } from '../../../contract/runs.ts';
import { paths } from '../../app/paths.ts';
import styles from './run.module.css';

/** The attempts of a run, each with its address. */
export function Attempts({ run }: { run: RunDetail }) {
  return (
    <nav aria-label="Attempts" className={styles.attempts}>
      {Array.from({ length: run.attempts }, (_, index) => index + 1).map((attempt) => (
        <Link
          key={attempt}
          to={attempt === run.attempts ? paths.run(run.id) : paths.run(run.id, attempt)}
          aria-current={attempt === run.attempt ? 'page' : undefined}
          className={styles.attempt}
        >
          Attempt {attempt}
        </Link>
      ))}
    </nav>
  );
}
