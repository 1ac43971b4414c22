import type { GateReason } from '../../../contract/deploys.ts';
import type { Lock } from '../../../contract/locks.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Ship.module.css';

/** What would keep it waiting now, in the order in which it must be cleared, and who can. */
export function Reasons({ reasons, locks }: { reasons: readonly GateReason[]; locks: readonly Lock[] }) {
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
            <Message reason={reason} locks={locks} />
            <p className={styles.quiet}>Cleared by: {reason.cleared_by}</p>
            {reason.action !== null && (
              <p className={styles.command}>
                <code>{reason.action}</code>
                <CopyButton text={reason.action} label={`Copy: ${reason.action}`} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A lock says all it has to say in its banner above. */
function Message({ reason, locks }: { reason: GateReason; locks: readonly Lock[] }) {
  const lock = locks.find(({ scope }) => reason.code === 'locked' && reason.message.startsWith(`${scope} `));
  if (lock === undefined) return <p>{reason.message}</p>;
  return (
    <p>
      {lock.scope} is locked by {lock.created_by}, <Time at={lock.created_at} />
    </p>
  );
}
