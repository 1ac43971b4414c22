import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './FilterBar.module.css';

/** The filters of a list, side by side, and a way to be rid of them. */
export function FilterBar({
  label,
  any,
  onClear,
  children,
}: {
  label: string;
  any: boolean;
  onClear: () => void;
  children: ReactNode;
}) {
  return (
    <search className={styles.bar} aria-label={label}>
      {children}
      {any && (
        <Button tone="quiet" onClick={onClear}>
          Clear
        </Button>
      )}
    </search>
  );
}

/** Offers what comes after the end of a list. */
export function ShowMore({
  hasMore,
  pending,
  onMore,
}: {
  hasMore: boolean;
  pending: boolean;
  onMore: () => void;
}) {
  if (!hasMore) return null;
  return (
    <div className={styles.more}>
      <Button pending={pending} pendingLabel="Loading…" onClick={onMore}>
        Show more
      </Button>
    </div>
  );
}
