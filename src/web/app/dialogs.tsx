import { type ReactNode, useSyncExternalStore } from 'react';

type Opened = (close: () => void) => ReactNode;

let opened: { readonly id: number; readonly dialog: Opened } | undefined;
let lastId = 0;
const watchers = new Set<() => void>();

/**
 * Opens a dialog from anywhere, such as from the palette: `openDialog((close) => <RollBack … onClose={close} />)`.
 * It is shown above the screen one is at.
 */
export function openDialog(dialog: Opened): void {
  change({ id: ++lastId, dialog });
}

function change(next: typeof opened): void {
  opened = next;
  for (const watcher of watchers) watcher();
}

/** Where such dialogs are shown. One for the whole page. */
export function DialogHost() {
  const current = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => opened,
  );
  if (current === undefined) return null;
  return <div key={current.id}>{current.dialog(() => current === opened && change(undefined))}</div>;
}
