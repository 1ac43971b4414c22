import { memo } from 'react';
import type { AnsiStyle } from '../../lib/ansi/index.ts';
import { exactTime } from '../../lib/time.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { AnsiText } from './AnsiText.tsx';
import { elapsedText } from './elapsed.ts';
import { lineHash } from './lineRange.ts';
import type { StoredLine } from './lineStore.ts';
import styles from './log.module.css';
import type { Fold } from './sections.ts';

export interface LogRowProps {
  readonly number: number;
  /** Undefined while it is asked for. */
  readonly line: StoredLine | undefined;
  readonly start: AnsiStyle;
  readonly startedAt: number | undefined;
  readonly times: boolean;
  readonly needle: string;
  readonly isFound: boolean;
  readonly isSelected: boolean;
  /** What can be folded below this line. */
  readonly fold: Fold | undefined;
  readonly isFolded: boolean;
  readonly foldedLines: number;
  readonly onFold: (fold: Fold) => void;
}

/** One line: its number, which is a link to it, its time, and what it says. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { number, line, start, startedAt, times, needle, isFound, isSelected, fold, isFolded } = props;
  return (
    <div
      className={classes(
        styles.row,
        isFound && styles.found,
        isSelected && styles.selected,
        fold && styles.head,
      )}
      data-line={number}
    >
      <span className={styles.gutter}>
        <a
          href={lineHash({ from: number, to: number })}
          className={styles.number}
          data-line-link={number}
          tabIndex={-1}
          aria-label={`Line ${number}`}
        >
          {number}
        </a>
        {times && <LineTime time={line?.time ?? null} startedAt={startedAt} />}
        <span className={styles.foldPlace}>
          {fold && (
            <button
              type="button"
              className={styles.fold}
              aria-expanded={!isFolded}
              aria-label={`Lines of ${fold.section.kind === 'step' ? `step ${fold.section.position}` : 'the verification'}`}
              onClick={() => props.onFold(fold)}
            >
              <Icon name={isFolded ? 'chevronRight' : 'chevronDown'} />
            </button>
          )}
        </span>
      </span>
      <span className={styles.text}>
        {line === undefined ? (
          <span className={styles.missing} aria-hidden="true" />
        ) : (
          <AnsiText text={line.text} start={start} needle={needle} />
        )}
        {isFolded && <span className={styles.folded}>{countOf(props.foldedLines)}</span>}
      </span>
    </div>
  );
});

const countOf = (lines: number): string => (lines === 1 ? '1 line' : `${lines.toLocaleString()} lines`);

function LineTime({ time, startedAt }: { time: number | null; startedAt: number | undefined }) {
  if (time === null || startedAt === undefined) return <span className={styles.time} />;
  const at = new Date(time);
  return (
    <time className={styles.time} dateTime={at.toISOString()} data-tip={exactTime(at)}>
      {elapsedText(time - startedAt)}
    </time>
  );
}
