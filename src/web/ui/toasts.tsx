import { useSyncExternalStore } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './toasts.module.css';

interface Toast {
  readonly id: number;
  readonly message: string;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const watchers = new Set<() => void>();
const shownForMs = 7000;

/** Says something that has no place on the page. What an action did is shown where it was taken, not here. */
export function toast(message: string): void {
  const id = ++lastId;
  change([...toasts.slice(-2), { id, message }]);
  setTimeout(() => dismiss(id), shownForMs);
}

function dismiss(id: number): void {
  change(toasts.filter((shown) => shown.id !== id));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

/** Where toasts appear. One for the whole page. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => toasts,
  );
  return (
    <div role="status" aria-live="polite" className={styles.toasts}>
      {shown.map(({ id, message }) => (
        <div key={id} className={styles.toast}>
          <span>{message}</span>
          <IconButton label="Dismiss" size="small" onClick={() => dismiss(id)}>
            <Icon name="close" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
