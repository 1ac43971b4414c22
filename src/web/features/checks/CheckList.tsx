import { Link } from 'wouter';
import type { Check } from '../../../contract/repositories.ts';
import { paths } from '../../app/paths.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './checks.module.css';
import { byWorkflow, markOfCheck, wordOfCheck } from './checks.ts';

/** What was reported about a commit: by jobs of workflows, under those, each leading to its job; and by others. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return <p className={styles.none}>No check was reported on it.</p>;
  return byWorkflow(checks).map(([workflow, own]) => (
    <div key={workflow} className={styles.workflow}>
      {workflow !== '' && <p className={styles.heading}>{workflow}</p>}
      <ul className={styles.checks} aria-label={workflow === '' ? 'Checks' : `Checks of ${workflow}`}>
        {own.map((check) => (
          <Item key={check.name} check={check} />
        ))}
      </ul>
    </div>
  ));
}

function Item({ check }: { check: Check }) {
  return (
    <li className={styles.check}>
      <StateMark state={markOfCheck(check)} word={wordOfCheck(check)} />
      <CheckName check={check} />
      {check.summary !== '' && <span className={styles.summary}>{check.summary}</span>}
      <Time at={check.reported_at} className={styles.at} />
    </li>
  );
}

function CheckName({ check: { name, url, run_id, job_id } }: { check: Check }) {
  if (run_id !== null && job_id !== null) return <Link to={paths.job(run_id, job_id)}>{name}</Link>;
  if (run_id !== null) return <Link to={paths.run(run_id)}>{name}</Link>;
  if (url === null) return <span>{name}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {name}
    </a>
  );
}
