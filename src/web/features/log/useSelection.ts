import { useEffect, useEffectEvent, useState } from 'react';
import { between, lineHash, parseLineHash } from './lineRange.ts';
import type { LineRange } from './logLayout.ts';

/** The lines that an address names. */
export interface Selection {
  readonly range: LineRange | undefined;
  includes(line: number): boolean;
  /** Selects a line, or all from the one selected before up to it; the address says so. */
  select(line: number, extend: boolean): void;
  clear(): void;
}

/** Keeps the selected lines in the address, and shows them when it names some. */
export function useSelection(show: (line: number) => void, ready: boolean): Selection {
  const [range, setRange] = useState(() => parseLineHash(location.hash));
  const [first, setFirst] = useState(range?.from);
  const showLine = useEffectEvent(show);

  useEffect(() => {
    if (!ready) return;
    const follow = () => {
      const named = parseLineHash(location.hash);
      setRange(named);
      setFirst(named?.from);
      if (named !== undefined) showLine(named.from);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [ready]);

  const become = (next: LineRange | undefined) => {
    setRange(next);
    const hash = next === undefined ? '' : lineHash(next);
    history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`);
  };
  return {
    range,
    includes: (line) => range !== undefined && range.from <= line && line <= range.to,
    select: (line, extend) => {
      if (extend && first !== undefined) {
        become(between(first, line));
        return;
      }
      setFirst(line);
      become(range?.from === line && range.to === line ? undefined : { from: line, to: line });
    },
    clear: () => {
      setFirst(undefined);
      if (range !== undefined) become(undefined);
    },
  };
}
