import { type RefObject, useRef } from 'react';
import { useShortcut } from '../../app/shortcuts.ts';

/** Goes through the rows of a list by `j` and `k`: each row's own link has the focus, and Enter follows it. */
export function useRowKeys(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number) => () => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
    const row = document.activeElement?.closest('tr') ?? null;
    const at = row === null ? -1 : links.findIndex((link) => row.contains(link));
    const next = links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useShortcut('j', 'Next run', step(1), { group: 'Runs' });
  useShortcut('k', 'Run before', step(-1), { group: 'Runs' });
  return list;
}
