import { useLayoutEffect, useRef } from 'react';
import styles from './Chart.module.css';
import type { Standing } from './standing.ts';

export interface PinsProps {
  readonly standings: readonly Standing[];
  /** Where a row begins. */
  readonly topOf: (index: number) => number | undefined;
}

/** The pins, above the rows: when something else is live, the pin goes there. Nothing else here moves. */
export function Pins({ standings, topOf }: PinsProps) {
  return (
    <div aria-hidden="true" className={styles.pins}>
      {standings.map(({ environment, pin }, column) => {
        const top = pin === -1 ? undefined : topOf(pin);
        if (top === undefined) return null;
        return (
          <Pin
            key={environment.name}
            column={column}
            top={top}
            at={environment.live?.sha ?? ''}
            inDoubt={environment.in_doubt}
          />
        );
      })}
    </div>
  );
}

interface PinProps {
  readonly column: number;
  readonly top: number;
  readonly at: string;
  readonly inDoubt: boolean;
}

function Pin({ column, top, at, inDoubt }: PinProps) {
  const pin = useRef<HTMLSpanElement>(null);
  const before = useRef({ top, at });
  useLayoutEffect(() => {
    const from = before.current;
    before.current = { top, at };
    // Rows above it may come, go and grow: then it keeps its commit, and does not travel.
    if (from.at === at || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    pin.current?.animate([{ transform: `translateY(${from.top - top}px)` }, { transform: 'translateY(0)' }], {
      duration: 900,
      easing: 'cubic-bezier(0.3, 0, 0.1, 1)',
    });
  }, [top, at]);
  return (
    <span
      className={styles.pinPlace}
      style={{ '--column': column, '--top': `${top}px` } as React.CSSProperties}
      data-in-doubt={inDoubt || undefined}
    >
      <span ref={pin} className={styles.pin}>
        <svg viewBox="0 0 16 22" aria-hidden="true" focusable="false">
          <path d="M8 1a7 7 0 0 1 7 7c0 4.8-7 13-7 13S1 12.8 1 8a7 7 0 0 1 7-7Z" className={styles.pinBody} />
          <circle cx="8" cy="8" r="2.6" className={styles.pinEye} />
        </svg>
      </span>
    </span>
  );
}
