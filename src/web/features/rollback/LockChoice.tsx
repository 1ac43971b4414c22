import { useState } from 'react';
import type { EnvironmentStatus } from '../../../contract/apps.ts';
import { Checkbox, TextArea } from '../../ui/Field.tsx';
import styles from './rollback.module.css';

/** Whether the environment shall be locked with the rollback, and why. */
export interface LockWish {
  /** It is not locked by a lock of its own yet. */
  readonly possible: boolean;
  readonly wanted: boolean;
  /** Undefined as long as nobody wrote one. */
  readonly reason: string | undefined;
  readonly want: (wanted: boolean) => void;
  readonly explain: (reason: string) => void;
}

/** By default it is locked, unless a lock covers it already. */
export function useLockWish(status: EnvironmentStatus | undefined): LockWish {
  const [wish, want] = useState<boolean>();
  const [reason, explain] = useState<string>();
  const locks = status?.locks ?? [];
  const possible = locks.every((lock) => lock.environment === null);
  return { possible, wanted: possible && (wish ?? locks.length === 0), reason, want, explain };
}

/** Offers the lock, with a reason that can be left as it is. */
export function LockChoice({ where, lock, reason }: { where: string; lock: LockWish; reason: string }) {
  if (!lock.possible) {
    return (
      <p className={styles.quiet}>{where} is locked already, and stays locked. A rollback passes locks.</p>
    );
  }
  return (
    <div className={styles.lock}>
      <Checkbox
        label={`Lock ${where} at once`}
        hint="So that nothing ships again what you are taking away."
        checked={lock.wanted}
        onChange={(event) => lock.want(event.target.checked)}
      />
      {lock.wanted && (
        <TextArea
          label="Why it is locked"
          labelHidden
          required
          maxLength={2000}
          rows={2}
          value={reason}
          onChange={(event) => lock.explain(event.target.value)}
        />
      )}
    </div>
  );
}
