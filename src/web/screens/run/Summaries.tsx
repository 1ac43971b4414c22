import { Link } from 'wouter';
import type { RunDetail } from '../../../contract/runs.ts';
import { paths } from '../../app/paths.ts';
import { Summary } from '../../features/runs/Summary.tsx';
import { Section } from '../../ui/Page.tsx';
import styles from './run.module.css';

/** What the jobs wrote for people to read. */
export function Summaries({ run }: { run: RunDetail }) {
  if (run.summaries.length === 0) return null;
  return (
    <Section title="Summaries">
      {run.summaries.map(({ job_id, job, summary }) => (
        <article key={job_id} className={styles.summary} aria-label={`Summary of ${job}`}>
          <p className={styles.quiet}>
            <Link to={paths.job(run.id, job_id)}>{job}</Link>
          </p>
          <Summary text={summary} />
        </article>
      ))}
    </Section>
  );
}
