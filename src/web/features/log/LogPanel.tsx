import { useRef, useState, useSyncExternalStore } from 'react';
import { useShortcut } from '../../app/shortcuts.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { LogLines } from './LogLines.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import styles from './log.module.css';
import type { LogWriter } from './logSource.ts';
import { SelectedLines } from './SelectedLines.tsx';
import { useFlag } from './useFlag.ts';
import type { OpenedLog } from './useLog.ts';
import type { LogSearch } from './useLogSearch.ts';

const ofLog = { group: 'Log' };

/** The log of a deploy or a job: live, searched, folded and linked to. */
export function LogPanel({ writer, log, search }: { writer: LogWriter; log: OpenedLog; search: LogSearch }) {
  const searchField = useRef<HTMLInputElement>(null);
  const [narrow] = useState(() => matchMedia('(max-width: 48rem)').matches);
  const [wrap, setWrap] = useFlag('log.wrap', narrow);
  const [times, setTimes] = useFlag('log.times', !narrow);
  const state = useSyncExternalStore(log.session.subscribe, log.session.state);
  const focusSearch = () => searchField.current?.focus();
  useShortcut('s', 'Search the log', focusSearch, ofLog);
  useShortcut('n', 'Next line found', () => search.step(1), ofLog);
  useShortcut('p', 'Line found before', () => search.step(-1), ofLog);
  useShortcut('w', 'Wrap lines', () => setWrap(!wrap), ofLog);
  useShortcut('t', 'Times of lines', () => setTimes(!times), ofLog);
  useShortcut('e', 'To the end of the log', () => toEnd(log, state.connection !== 'ended'), ofLog);
  const startedAt = writer.startedAt === null ? undefined : Date.parse(writer.startedAt);

  return (
    <div className={styles.panel}>
      <LogToolbar {...{ log, search, searchField, wrap, setWrap, times, setTimes }} />
      <div className={styles.body}>
        {state.phase === 'failed' ? (
          <div className={styles.notice}>
            <ProblemNote error={state.error} doing="Opening the log" onRetry={log.session.retry} />
          </div>
        ) : (
          <LogLines
            {...{ log, startedAt, wrap, times }}
            needle={search.text}
            found={search.lines[search.place]}
            onSearch={focusSearch}
          />
        )}
        {state.phase === 'open' && state.count === 0 && <p className={styles.nothing}>{writer.nothing}</p>}
        <Corner log={log} live={state.connection !== 'ended' && writer.active} />
      </div>
      <Connection log={log} />
    </div>
  );
}

function toEnd({ viewport }: OpenedLog, live: boolean): void {
  if (live) viewport.follow();
  else viewport.toEnd();
}

/** What floats above the lines: the way back to the end, and what can be done with selected lines. */
function Corner({ log, live }: { log: OpenedLog; live: boolean }) {
  const { following, unseen } = useSyncExternalStore(log.viewport.subscribe, log.viewport.state);
  return (
    <div className={styles.corner}>
      <SelectedLines log={log} />
      {live && !following && (
        <Button size="small" tone="solid" onClick={() => log.viewport.follow()}>
          <Icon name="arrowDown" /> Follow
          {unseen > 0 && <span className={styles.unseen}>{unseen.toLocaleString()} new</span>}
        </Button>
      )}
    </div>
  );
}

/** Says when what is shown may not be all there is. */
function Connection({ log }: { log: OpenedLog }) {
  const { connection, phase, error } = useSyncExternalStore(log.session.subscribe, log.session.state);
  const broken = connection === 'reconnecting';
  return (
    <p
      role="status"
      className={broken || (phase === 'open' && error) ? styles.connection : 'visually-hidden'}
    >
      {broken &&
        'The connection to the log broke. It is tried again by itself, and goes on where it stopped.'}
      {!broken && phase === 'open' && error && 'Some lines could not be loaded. It is tried again by itself.'}
    </p>
  );
}
