import { memo, useCallback, useEffect, useRef } from 'react';
import type { Rung } from '../../../contract/apps.ts';
import { CommitChecks } from '../../features/checks/CommitChecks.tsx';
import { PullRequest, subjectOf } from '../../features/refs/index.ts';
import { classes } from '../../ui/classes.ts';
import { Sha } from '../../ui/Sha.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './Chart.module.css';
import { CommitDetails } from './CommitDetails.tsx';
import { Notes } from './Notes.tsx';
import type { Note } from './notes.ts';
import { Rail } from './Rail.tsx';
import type { RailCell } from './rails.ts';
import type { ShownApp } from './shownApp.ts';
import { tableRoles } from './tableRoles.ts';
import type { Selection } from './useSelection.ts';

export interface RungRowProps {
  readonly measure: (element: Element | null) => void;
  readonly index: number;
  readonly top: number;
  readonly app: ShownApp;
  readonly rung: Rung;
  readonly rails: readonly RailCell[];
  readonly notes: readonly Note[] | undefined;
  readonly checksNote: Note | undefined;
  /** The one row that is reached by Tab. */
  readonly isCursor: boolean;
  readonly wantsFocus: boolean;
  readonly isUnfolded: boolean;
  readonly selection: Selection;
}

/** One commit. */
export const RungRow = memo(Row, isSame);

function Row(props: RungRowProps) {
  const { rung, app, rails, index, top, isCursor, wantsFocus, isUnfolded, selection, measure } = props;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wantsFocus && !row.current?.contains(document.activeElement))
      row.current?.focus({ preventScroll: true });
  }, [wantsFocus]);
  const place = useCallback(
    (element: HTMLDivElement | null) => {
      row.current = element;
      measure(element);
    },
    [measure],
  );
  const toggle = () => {
    selection.moveTo(rung.sha);
    selection.unfold(isUnfolded ? undefined : rung.sha);
  };
  return (
    <div
      ref={place}
      {...tableRoles.row(index + 2, wantsFocus)}
      data-index={index}
      tabIndex={isCursor ? 0 : -1}
      className={classes(styles.row, !rung.affects_app && styles.elsewhere)}
      style={{ top }}
    >
      {rails.map((rail) => (
        <Rail key={rail.environment} rail={rail} rung={rung} app={app} tabbable={isCursor} />
      ))}
      <div {...tableRoles.cell} className={styles.commit}>
        <p className={styles.titleLine}>
          <span className={styles.checks}>
            <CommitChecks
              repository={app.repository}
              sha={rung.sha}
              checks={rung.checks}
              tabIndex={isCursor ? 0 : -1}
            />
          </span>
          <button
            type="button"
            className={styles.title}
            tabIndex={isCursor ? 0 : -1}
            aria-expanded={isUnfolded}
            onClick={toggle}
          >
            {subjectOf(rung)}
          </button>
          {rung.pull_request !== null && (
            <PullRequest repository={app.repository} number={rung.pull_request} tabbable={isCursor} />
          )}
        </p>
        <p className={styles.meta}>
          <Sha sha={rung.sha} />
          <span className={styles.author}>{rung.author_name}</span>
          <Time at={rung.committed_at} />
          {!rung.affects_app && <span>does not touch {app.name}</span>}
        </p>
        <Notes notes={props.notes} checks={props.checksNote} />
        {isUnfolded && <CommitDetails app={app} rung={rung} />}
      </div>
    </div>
  );
}

/** What acts is made anew with each drawing, and does the same; what is shown is not. */
function isSame(a: RungRowProps, b: RungRowProps): boolean {
  return (
    a.rung === b.rung &&
    a.rails === b.rails &&
    a.notes === b.notes &&
    a.checksNote?.kind === b.checksNote?.kind &&
    a.app === b.app &&
    a.index === b.index &&
    a.top === b.top &&
    a.isCursor === b.isCursor &&
    a.wantsFocus === b.wantsFocus &&
    a.isUnfolded === b.isUnfolded
  );
}
