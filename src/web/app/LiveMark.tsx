import styles from './LiveMark.module.css';
import { useLive } from './liveContext.tsx';

const words = {
  connecting: 'Connecting…',
  connected: 'Live',
  reconnecting: 'Reconnecting…',
  stale: 'Not live',
} as const;

/** Whether the page follows what happens. `compact`: the sign alone, and nothing while all is well. */
export function LiveMark({ compact = false }: { compact?: boolean }) {
  const { name } = useLive();
  if (compact && name === 'connected') return null;
  return (
    <p className={styles.mark} data-live={name}>
      <span className={styles.sign} aria-hidden="true" />
      <span className={compact ? 'visually-hidden' : undefined}>{words[name]}</span>
    </p>
  );
}
