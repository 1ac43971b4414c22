import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import styles from './Chart.module.css';
import { ColumnHeads } from './ColumnHeads.tsx';
import { checksNote, type Note } from './notes.ts';
import { Pins } from './Pins.tsx';
import { RungRow } from './RungRow.tsx';
import { type RailCell, railAt } from './rails.ts';
import type { ShownApp } from './shownApp.ts';
import { placeBracket, standingsOf } from './standing.ts';
import { tableRoles } from './tableRoles.ts';
import { useOffsetTop } from './useOffsetTop.ts';
import type { Rungs } from './useRungs.ts';
import { rowBeside, useSelection } from './useSelection.ts';
import { useWantedRung } from './useWantedRung.ts';

/** Of a row whose lines do not break: as Chart.module.css has it. */
const rowHeightPx = 54;
/** The heads, and the bar above them on a phone: rows come to rest below. */
const headHeightPx = 100;

export interface ChartProps {
  readonly app: ShownApp;
  readonly rungs: Rungs;
  readonly notes: ReadonlyMap<string, readonly Note[]>;
  readonly wanted: string | undefined;
}

/** The rungs, of which only those in sight are drawn, beside the rails of the environments with their pins. */
export function Chart({
  app,
  rungs: { rungs, more, loadingMore, loadMore, error, retry },
  notes,
  wanted,
}: ChartProps) {
  const [, go] = useLocation();
  const body = useRef<HTMLDivElement>(null);
  const selection = useSelection(app.environments.map(({ name }) => name));
  const standings = useMemo(() => standingsOf(rungs, app.environments), [rungs, app.environments]);
  const { candidate, environment } = selection;
  const brackets = useMemo(() => {
    const at = rungs.findIndex((rung) => rung.sha === candidate);
    return standings.map((standing) =>
      environment === undefined || environment === standing.environment.name
        ? placeBracket(rungs, standing, at)
        : undefined,
    );
  }, [rungs, standings, candidate, environment]);
  const railsOf = useMemo(() => {
    const known = new Map<number, readonly RailCell[]>();
    return (index: number) => {
      const rails =
        known.get(index) ??
        standings.map((standing, column) =>
          railAt(standing, brackets[column], { sha: rungs[index]?.sha ?? '', index }),
        );
      known.set(index, rails);
      return rails;
    };
  }, [standings, brackets, rungs]);
  const askingForChecks = useMemo(
    () =>
      Object.values(app.resolved)
        .filter((config) => config.required_checks.length > 0)
        .map((config) => config.environment),
    [app.resolved],
  );

  const scrollMargin = useOffsetTop(body);
  const virtual = useWindowVirtualizer({
    count: rungs.length,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rungs[index]?.sha ?? index,
    overscan: 8,
    scrollMargin,
    scrollPaddingStart: headHeightPx,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    // The next page comes before one is at the end of this one.
    if (more && lastShown > rungs.length - 60 && error === null) loadMore();
  }, [more, lastShown, rungs.length, error, loadMore]);

  const goTo = (index: number) => {
    const sha = rungs[index]?.sha;
    if (sha === undefined) return;
    selection.moveTo(sha);
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const onFound = (index: number) => {
    goTo(index);
    selection.unfold(rungs[index]?.sha);
  };
  useWantedRung({ sha: wanted, rungs, more: more && error === null, loadMore, onFound });
  const ship = (sha: string | undefined) => {
    if (sha !== undefined && app.may_deploy) go(paths.ship(app.name, environment, sha));
  };
  const step = (by: number) => () => goTo(rowBeside(rungs, selection.cursor, by));
  const group = { group: 'Ladder' };
  useShortcut('j', 'Next commit', step(1), group);
  useShortcut('k', 'Commit before', step(-1), group);
  useShortcut('s', 'Ship the chosen commit', () => ship(selection.cursor ?? candidate), {
    ...group,
    enabled: app.may_deploy,
  });

  const look = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return;
    const index = event.target.closest('[data-index]')?.getAttribute('data-index');
    const cell = event.target.closest('[data-environment]');
    selection.hover(rungs[Number(index)]?.sha, cell?.getAttribute('data-environment') ?? undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isRow(event.target)) return;
    const unfolded = selection.unfolded === selection.cursor ? undefined : selection.cursor;
    const steps: Record<string, () => void> = {
      ArrowDown: step(1),
      ArrowUp: step(-1),
      PageDown: step(10),
      PageUp: step(-10),
      Home: () => goTo(0),
      End: () => goTo(rungs.length - 1),
      ArrowRight: () => selection.turn(1),
      ArrowLeft: () => selection.turn(-1),
      Enter: () => selection.unfold(unfolded),
      Escape: () => selection.unfold(undefined),
    };
    const act = steps[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div className={styles.chart} style={{ '--columns': app.environments.length } as React.CSSProperties}>
      <div {...tableRoles.table(`Commits of ${app.name}`, more ? -1 : rungs.length + 1)}>
        <ColumnHeads standings={standings} more={more} onGoTo={goTo} onLoadMore={loadMore} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of its rows, which have the focus. */}
        <div
          ref={body}
          {...tableRoles.rowgroup}
          className={styles.body}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
          // Rows that pass below a pointer that rests are not looked at.
          onPointerOver={(event) => virtual.isScrolling || look(event)}
          onPointerLeave={() => selection.hover(undefined)}
        >
          <Pins
            standings={standings}
            topOf={(index) => topOf(virtual.measurementsCache[index]?.start, scrollMargin)}
          />
          {items.map((item) => {
            const rung = rungs[item.index];
            if (rung === undefined) return null;
            return (
              <RungRow
                key={item.key}
                measure={virtual.measureElement}
                index={item.index}
                top={item.start - scrollMargin}
                app={app}
                rung={rung}
                rails={railsOf(item.index)}
                notes={notes.get(rung.sha)}
                checksNote={checksNote(rung, askingForChecks)}
                isCursor={
                  selection.cursor === rung.sha || (selection.cursor === undefined && item.index === 0)
                }
                wantsFocus={selection.cursor === rung.sha}
                isUnfolded={selection.unfolded === rung.sha}
                selection={selection}
              />
            );
          })}
        </div>
      </div>
      <div className={styles.end}>
        {loadingMore && <p role="status">Loading older commits…</p>}
        {!more && (
          <p>{rungs.length === 1 ? 'The only commit' : `All ${rungs.length.toLocaleString()} commits`}</p>
        )}
        {more && !loadingMore && error === null && (
          <Button size="small" onClick={loadMore}>
            Older commits
          </Button>
        )}
        <ProblemNote error={error} doing="Loading older commits" onRetry={retry} />
      </div>
    </div>
  );
}

const topOf = (start: number | undefined, scrollMargin: number) =>
  start === undefined ? undefined : start - scrollMargin;

const isRow = (target: EventTarget) => target instanceof Element && target.getAttribute('role') === 'row';
