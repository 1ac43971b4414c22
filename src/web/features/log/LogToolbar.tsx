import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useSyncExternalStore } from 'react';
import { origin } from '../../api/base.ts';
import { IconButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { copyLines, mostCopied } from './copyLines.ts';
import styles from './log.module.css';
import type { LogSource } from './logSource.ts';
import type { OpenedLog } from './useLog.ts';
import type { LogSearch } from './useLogSearch.ts';

export interface LogToolbarProps {
  readonly log: OpenedLog;
  readonly search: LogSearch;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly wrap: boolean;
  readonly setWrap: (wrap: boolean) => void;
  readonly times: boolean;
  readonly setTimes: (times: boolean) => void;
}

/** Search, and how the log is shown and taken along. */
export function LogToolbar(props: LogToolbarProps) {
  const { wrap, setWrap, times, setTimes } = props;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Log">
      <SearchField {...props} />
      <span className={styles.tools}>
        <Toggle icon="wrap" label="Wrap lines" on={wrap} onChange={setWrap} />
        <Toggle icon="clock" label="Times of lines" on={times} onChange={setTimes} />
        <More {...props} />
      </span>
    </div>
  );
}

function SearchField({ search, searchField, log }: LogToolbarProps) {
  const { text, setText, lines, step } = search;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') event.currentTarget.blur();
      setText('');
    }
  };
  return (
    <search className={styles.search}>
      <Icon name="search" />
      <input
        ref={searchField}
        type="text"
        className={styles.searchInput}
        aria-label="Search the log"
        placeholder="Search, exactly as written"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status" className={styles.hits}>
        {hitsOf(search)}
      </span>
      {lines.length > 0 && (
        <>
          <IconButton label="Line found before" size="small" onClick={() => step(-1)}>
            <Icon name="arrowUp" />
          </IconButton>
          <IconButton label="Next line found" size="small" onClick={() => step(1)}>
            <Icon name="arrowDown" />
          </IconButton>
        </>
      )}
      {text !== '' && (
        <IconButton
          label="Search nothing"
          size="small"
          onClick={() => {
            setText('');
            log.selection.clear();
          }}
        >
          <Icon name="close" />
        </IconButton>
      )}
    </search>
  );
}

function hitsOf({ text, lines, more, searching, error, place }: LogSearch): string {
  if (text === '') return '';
  if (error !== undefined) return error.message;
  if (searching) return '…';
  if (lines.length === 0) return 'nowhere';
  return `${place + 1} of ${lines.length.toLocaleString()}${more ? '+' : ''}`;
}

function Toggle({
  icon,
  label,
  on,
  onChange,
}: {
  icon: IconName;
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <IconButton
      label={label}
      size="small"
      aria-pressed={on}
      className={classes(on && styles.on)}
      onClick={() => onChange(!on)}
    >
      <Icon name={icon} />
    </IconButton>
  );
}

function More({ log }: LogToolbarProps) {
  const { count } = useSyncExternalStore(log.session.subscribe, log.session.state);
  const copy = useMutation({ mutationFn: () => copyLines(log.source, { from: 1, to: count }) });
  const folded = log.folding.ranges.length > 0;
  const entries: MenuEntry[] = [
    {
      label: folded ? 'Unfold all steps' : 'Fold all steps',
      disabled: log.folding.folds.length === 0,
      onSelect: () => log.foldAll(!folded),
    },
    {
      label: 'Copy all as text',
      icon: 'copy',
      disabled: count === 0 || count > mostCopied,
      hint: count > mostCopied ? 'too long' : undefined,
      onSelect: () => copy.mutate(),
    },
    {
      label: 'Download',
      icon: 'download',
      disabled: count === 0,
      onSelect: () => download(log.source),
    },
  ];
  return (
    <>
      <span role="status" className={styles.hits}>
        {copy.isPending && 'Copying…'}
        {copy.isSuccess && 'Copied'}
        {copy.error !== null && `It could not be copied: ${copy.error.message}`}
      </span>
      <Menu label="More about the log" size="small" tone="quiet" entries={entries}>
        <Icon name="more" />
      </Menu>
    </>
  );
}

/** The raw log, by the browser's own means: of any length, and seen in its list of downloads. */
function download({ download: { path, fileName } }: LogSource): void {
  const link = document.createElement('a');
  link.href = `${origin}/api/v1${path}?download`;
  link.download = fileName;
  link.click();
}
