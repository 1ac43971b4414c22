import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useWidth } from '../../ui/useWidth.ts';
import { type Bar, type Day, dateOfDay, describeDay, labelledDays, layOutBars } from './bars.ts';
import styles from './HistoryChart.module.css';
import { OutcomePatterns } from './OutcomePatterns.tsx';

const height = 104;
/** Left of the bars, for the numbers of the scale. */
const gutter = 28;
const labelWidthPx = 56;

/** The bars, each of which can be pressed. Tab goes to one of them, the arrow keys from day to day. */
export function Bars({
  days,
  chosen,
  onChoose,
}: {
  days: readonly Day[];
  chosen: string | undefined;
  onChoose: (day: string) => void;
}) {
  const [field, width] = useWidth<HTMLDivElement>();
  const patterns = useId();
  const plotWidth = Math.max(0, width - gutter);
  const chart = layOutBars(days, { width: plotWidth, height });
  const named = labelledDays(days, Math.floor(plotWidth / labelWidthPx));
  return (
    <div ref={field} className={styles.field}>
      <svg className={styles.drawing} width={width} height={height + 1} aria-hidden="true" focusable="false">
        <OutcomePatterns id={patterns} />
        {chart.ticks.map(({ count, y }) => (
          <g key={count}>
            <line
              className={count === 0 ? styles.ground : styles.grid}
              x1={gutter}
              x2={width}
              y1={y + 0.5}
              y2={y + 0.5}
            />
            {count > 0 && (
              <text className={styles.count} x={gutter - 6} y={y + (y === 0 ? 9 : 4)} textAnchor="end">
                {count}
              </text>
            )}
          </g>
        ))}
        {chart.bars.map((bar) => (
          <g key={bar.day.day} transform={`translate(${gutter + bar.x - chart.thickness / 2} 0)`}>
            {bar.segments.map(({ outcome, y, height: tall }) => (
              <rect
                key={outcome}
                className={styles[outcome]}
                fill={`url(#${patterns}-${outcome})`}
                y={y + 0.5}
                width={chart.thickness}
                height={tall}
              />
            ))}
          </g>
        ))}
      </svg>
      <DayButtons bars={chart.bars} chosen={chosen} onChoose={onChoose} />
      <div className={styles.names} aria-hidden="true">
        {chart.bars
          .filter((bar) => named.has(bar.day.day))
          .map((bar) => (
            <span key={bar.day.day} className={styles.dayName} style={{ left: `${gutter + bar.x}px` }}>
              {dateOfDay(bar.day.day).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}
            </span>
          ))}
      </div>
    </div>
  );
}

/** What is pressed: as wide as its day and as high as the field, over the drawing. */
function DayButtons({
  bars,
  chosen,
  onChoose,
}: {
  bars: readonly Bar[];
  chosen: string | undefined;
  onChoose: (day: string) => void;
}) {
  const [at, setAt] = useState<string>();
  const group = useRef<HTMLDivElement>(null);
  // The one that Tab goes to.
  const current = bars.find((bar) => bar.day.day === (at ?? chosen)) ?? bars.at(-1);
  const move = (event: KeyboardEvent) => {
    if (current === undefined) return;
    const index = bars.indexOf(current);
    const next = bars[nextIndex(event.key, index, bars.length) ?? index];
    if (next === undefined || next === current) return;
    event.preventDefault();
    setAt(next.day.day);
    group.current?.querySelector<HTMLElement>(`[data-day="${next.day.day}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div ref={group} role="group" aria-label="Deploys a day" className={styles.buttons} onKeyDown={move}>
      {bars.map((bar) => (
        <button
          key={bar.day.day}
          type="button"
          className={styles.day}
          data-day={bar.day.day}
          aria-label={describeDay(bar.day)}
          data-tip={describeDay(bar.day)}
          aria-pressed={bar.day.day === chosen}
          tabIndex={bar === current ? 0 : -1}
          onClick={() => onChoose(bar.day.day)}
        />
      ))}
    </div>
  );
}

function nextIndex(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'ArrowRight') return Math.min(count - 1, index + 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
