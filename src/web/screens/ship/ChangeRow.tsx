import type { App } from '../../../contract/apps.ts';
import type { Change } from '../../../contract/deploys.ts';
import { CommitChecks } from '../../features/checks/CommitChecks.tsx';
import { PullRequest, subjectOf } from '../../features/refs/index.ts';
import { classes } from '../../ui/classes.ts';
import { Sha } from '../../ui/Sha.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Ship.module.css';

export interface ChangeRowProps {
  readonly app: App;
  readonly change: Change;
  /** `candidate`: shipped is up to here. `stays`: newer than that. */
  readonly standing: 'candidate' | 'goes' | 'stays' | 'away';
  readonly onChoose?: () => void;
}

/** One commit of what goes out or is taken away. */
export function ChangeRow({ app, change, standing, onChoose }: ChangeRowProps) {
  const subject = subjectOf(change);
  return (
    <li
      className={classes(styles.change, styles[standing], !change.affects_app && styles.elsewhere)}
      data-standing={standing}
    >
      <span className={styles.mark} aria-hidden="true" />
      <div className={styles.changeText}>
        <p className={styles.changeTitle}>
          {onChoose === undefined ? (
            <span className={styles.title}>{subject}</span>
          ) : (
            <button
              type="button"
              className={styles.title}
              aria-pressed={standing === 'candidate'}
              aria-label={`Ship up to ${change.short_sha}: ${subject}`}
              onClick={onChoose}
            >
              {subject}
            </button>
          )}
          {change.pull_request !== null && (
            <PullRequest repository={app.repository} number={change.pull_request} />
          )}
          <span className={styles.checks}>
            <CommitChecks repository={app.repository} sha={change.sha} checks={change.checks} />
          </span>
        </p>
        <p className={styles.changeMeta}>
          <Sha sha={change.sha} />
          <span>{change.author_name}</span>
          <Time at={change.committed_at} />
          {!change.affects_app && <span>does not touch {app.name}</span>}
          {standing === 'stays' && <span>stays behind</span>}
        </p>
      </div>
    </li>
  );
}
