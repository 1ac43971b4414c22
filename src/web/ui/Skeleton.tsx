import type { ReactNode } from 'react';
import styles from './Skeleton.module.css';

/** Stands where lines of text will: as wide as they are likely to be, so that nothing jumps. */
export function Skeleton({ lines = 1, width = '100%' }: { lines?: number; width?: string }) {
  return (
    <span className={styles.lines} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
        <span key={index} className={styles.line} style={{ width: index === lines - 1 ? width : '100%' }} />
      ))}
    </span>
  );
}

/** Says to those who listen that a place is loading, around what stands there meanwhile. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span role="status" className="visually-hidden">
        {label}
      </span>
      {children}
    </div>
  );
}
