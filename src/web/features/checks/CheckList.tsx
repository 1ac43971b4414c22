import type { Check } from '../../../contract/repositories.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './checks.module.css';
import { markOfCheck, wordOfCheck } from './checks.ts';

/** What CI reported about a commit. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return <p className={styles.none}>No check was reported on it.</p>;
  return (
    <ul className={styles.checks} aria-label="Checks">
      {checks.map((check) => (
        <li key={check.name} className={styles.check}>
          <StateMark state={markOfCheck(check)} word={wordOfCheck(check)} />
          {check.url === null ? (
            <span>{check.name}</span>
          ) : (
            <a href={check.url} target="_blank" rel="noreferrer">
              {check.name}
            </a>
          )}
          {check.summary !== '' && <span className={styles.summary}>{check.summary}</span>}
          <Time at={check.reported_at} className={styles.at} />
        </li>
      ))}
    </ul>
  );
}
