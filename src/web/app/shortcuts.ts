import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { chordOf, type Shortcut } from '../lib/keys.ts';

export interface RegisteredShortcut {
  readonly keys: Shortcut;
  /** What it does, as the list of shortcuts says it. */
  readonly label: string;
  /** Under which heading it is listed: "Everywhere", "Deploy". */
  readonly group: string;
  readonly run: () => void;
}

let registered: readonly RegisteredShortcut[] = [];
const watchers = new Set<() => void>();
const sequenceMs = 1200;

/**
 * A shortcut that works while its component is shown, and is listed under `?`. Plain keys do nothing where one
 * types, or while a dialog is open.
 */
export function useShortcut(
  keys: Shortcut,
  label: string,
  run: () => void,
  { group = 'This page', enabled = true }: { group?: string; enabled?: boolean } = {},
): void {
  const onPress = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    const shortcut = { keys, label, group, run: () => onPress() };
    change([...registered, shortcut]);
    return () => change(registered.filter((known) => known !== shortcut));
  }, [keys, label, group, enabled]);
}

/** All shortcuts that work right now. */
export function useRegisteredShortcuts(): readonly RegisteredShortcut[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => registered,
  );
}

function change(next: readonly RegisteredShortcut[]): void {
  registered = next;
  for (const watcher of watchers) watcher();
}

/** Listens to the keyboard for all shortcuts. Once, for the whole page. */
export function listenToKeys(): () => void {
  let before: { chord: string; at: number } | undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const chord = chordOf(event);
    if (!chord.startsWith('mod+') && isTyping(event.target)) return;
    const recent =
      before !== undefined && event.timeStamp - before.at < sequenceMs ? before.chord : undefined;
    before = { chord, at: event.timeStamp };
    const found = (recent === undefined ? undefined : lastWith(`${recent} ${chord}`)) ?? lastWith(chord);
    if (found === undefined) return;
    event.preventDefault();
    before = undefined;
    found.run();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

/** The one that was registered last wins: what is nearer to the content. */
const lastWith = (keys: string) => registered.findLast((shortcut) => shortcut.keys === keys);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null
  );
}
