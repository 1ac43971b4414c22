import type { GateReason } from '../../../contract/deploys.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { sentence } from '../../ui/ProblemNote.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import styles from './Ship.module.css';

/** What would keep it waiting now, in the order in which it must be cleared, and who can. */
export function Reasons({ reasons }: { reasons: readonly GateReason[] }) {
  if (reasons.length === 0) {
    return (
      <section aria-label="What stops it">
        <StateMark state="succeeded" word="Nothing stops it: it starts at once" />
      </section>
    );
  }
  return (
    <section aria-label="What stops it" className={styles.reasons}>
      <h3>It would wait</h3>
      <ol className={styles.reasonList}>
        {reasons.map((reason) => (
          <li key={`${reason.code} ${reason.message}`} className={styles.reason}>
            <p>{sentence(reason.message)}</p>
            <p className={styles.quiet}>
              Cleared by: {reason.cleared_by}
              {reason.action !== null && <CopyButton text={reason.action} label={`Copy: ${reason.action}`} />}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
