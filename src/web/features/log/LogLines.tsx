import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { classes } from '../../ui/classes.ts';
import { LogRow } from './LogRow.tsx';
import styles from './log.module.css';
import type { OpenedLog } from './useLog.ts';
import { useScroller } from './useScroller.ts';

export interface LogLinesProps {
  readonly log: OpenedLog;
  /** What lines are timed from: the start of what writes it. */
  readonly startedAt: number | undefined;
  readonly wrap: boolean;
  readonly times: boolean;
  readonly needle: string;
  /** The line that was found and is looked at. */
  readonly found: number | undefined;
  readonly onSearch: () => void;
}

/** The lines of a log that are in view. */
export function LogLines({ log, startedAt, wrap, times, needle, found, onSearch }: LogLinesProps) {
  const { session, viewport, folding, selection } = log;
  const view = useSyncExternalStore(viewport.subscribe, viewport.state);
  const { count, connection } = useSyncExternalStore(session.subscribe, session.state);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  useScroller(scroller, viewport, connection !== 'ended');
  useMeasuredRows(rows, log, wrap);
  useKeptWidth(rows, wrap);
  useLayoutEffect(() => session.want(view.firstInView, view.lastInView));

  const onClick = (event: MouseEvent) => {
    const number = numberOf(event.target);
    if (number === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    selection.select(number, event.shiftKey);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'f' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSearch();
    } else if (event.key === 'Escape') selection.clear();
  };

  return (
    <section
      ref={scroller}
      className={classes(styles.scroller, wrap && styles.wrapped)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no mouse.
      tabIndex={0}
      aria-label="Log"
      data-log
      style={{ '--digits': String(count).length } as React.CSSProperties}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div className={styles.whole} style={{ height: view.height }}>
        <div ref={rows} className={styles.rows} style={{ transform: `translateY(${view.top}px)` }}>
          {view.lines.map((number) => (
            <LogRow
              key={view.slots.get(number)}
              number={number}
              line={session.lines.line(number)}
              start={session.lines.styleAt(number)}
              startedAt={startedAt}
              times={times}
              needle={needle}
              isFound={number === found}
              isSelected={selection.includes(number)}
              fold={folding.foldAt(number)}
              isFolded={folding.isFolded(number)}
              foldedLines={folding.linesIn(number, count)}
              onFold={folding.toggle}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

/** The line whose number was pressed. */
function numberOf(target: EventTarget): number | undefined {
  const link = target instanceof Element ? target.closest('[data-line-link]') : null;
  return link === null ? undefined : Number(link.getAttribute('data-line-link'));
}

/** As wide as the widest line so far: what is scrolled sideways does not jump back when that one is out of view. */
function useKeptWidth(rows: React.RefObject<HTMLDivElement | null>, wrap: boolean): void {
  const widest = useRef(0);
  useLayoutEffect(() => {
    if (rows.current === null) return;
    if (!wrap) widest.current = Math.max(widest.current, rows.current.offsetWidth);
    rows.current.style.minWidth = wrap ? '' : `${widest.current}px`;
  });
}

/** Wrapped lines are as high as they are: the layout is told after they were drawn. */
function useMeasuredRows(rows: React.RefObject<HTMLDivElement | null>, log: OpenedLog, wrap: boolean): void {
  const { viewport } = log;
  useLayoutEffect(() => {
    if (!wrap || rows.current === null) return;
    const rowPx = Number.parseFloat(getComputedStyle(rows.current).lineHeight);
    const heights = Array.from(rows.current.children, (row) => {
      const height = row.getBoundingClientRect().height;
      return [Number(row.getAttribute('data-line')), Math.max(1, Math.round(height / rowPx))] as const;
    });
    viewport.measured(heights);
  });
  useLayoutEffect(() => {
    const element = rows.current;
    viewport.forgetHeights();
    if (!wrap || element === null) return;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      viewport.forgetHeights();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [wrap, rows, viewport]);
}
