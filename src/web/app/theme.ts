import { useSyncExternalStore } from 'react';
import { storage } from '../lib/storage.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

let theme: Theme = themes.find((known) => known === storage.read('theme')) ?? 'system';
const watchers = new Set<() => void>();

/** The theme that was chosen, and how to choose another. Before the first paint themeBeforePaint.js sets it. */
export function useTheme(): [Theme, (next: Theme) => void] {
  const current = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => theme,
  );
  return [current, chooseTheme];
}

export function chooseTheme(next: Theme): void {
  theme = next;
  storage.write('theme', next === 'system' ? null : next);
  applyTheme();
  for (const watcher of watchers) watcher();
}

export function applyTheme(): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
