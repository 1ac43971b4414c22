import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Folding, foldingOf } from './folding.ts';
import { parseLineHash } from './lineRange.ts';
import { type LogSession, type LogState, openLogSession } from './logSession.ts';
import type { LogSource } from './logSource.ts';
import { LogViewport } from './logViewport.ts';
import type { Fold } from './sections.ts';
import { type Selection, useSelection } from './useSelection.ts';

/** A log on the screen. */
export interface OpenedLog {
  readonly source: LogSource;
  readonly session: LogSession;
  readonly viewport: LogViewport;
  readonly folding: Folding;
  readonly selection: Selection;
  /** Brings a line into view, unfolded. */
  show(line: number): void;
  foldAll(fold: boolean): void;
}

/** Where one looks at first: of a step, its end, where it says why it failed; of a short one, all of it. */
export type Beginning = 'start' | 'end' | 'following' | { readonly step: number };

/** Opens a log for as long as it is shown. */
export function useLog(source: LogSource, beginning: Beginning): OpenedLog | undefined {
  const [opened, setOpened] = useState<Opened>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is opened once for each log, as it was then.
  useEffect(() => {
    const session = openLogSession(source);
    const viewport = new LogViewport();
    startAt(session, viewport, beginning);
    setOpened({ source, session, viewport });
    return () => session.close();
  }, [source.key]);
  return useOpened(opened);
}

/** Goes where one looks at first as soon as the log is there: to the line that the address names, if it names one. */
function startAt(session: LogSession, viewport: LogViewport, beginning: Beginning): void {
  let begun = false;
  session.subscribe(() => {
    const { count, phase } = session.state();
    viewport.setCount(count);
    if (begun || phase !== 'open') return;
    begun = true;
    const named = parseLineHash(location.hash);
    if (named !== undefined) viewport.goTo(named.from);
    else if (beginning === 'following') viewport.follow();
    else if (beginning === 'end') viewport.toEnd();
    else if (beginning !== 'start') viewport.goTo(lineOfStep(session.state(), beginning.step));
  });
}

/** A step that said more than this is looked at by its last lines. */
const fewLines = 20;

function lineOfStep({ sections, count }: LogState, step: number): number {
  const at = sections.findIndex(({ position }) => position === step);
  const head = sections[at]?.line ?? count;
  const last = (sections[at + 1]?.line ?? count + 1) - 1;
  return Math.max(head, last - fewLines);
}

const nothing = () => () => {};

interface Opened {
  readonly source: LogSource;
  readonly session: LogSession;
  readonly viewport: LogViewport;
}

function useOpened(opened: Opened | undefined): OpenedLog | undefined {
  const { session, viewport } = opened ?? {};
  const state = useSyncExternalStore(session?.subscribe ?? nothing, () => session?.state());
  const sections = state?.sections;
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const folding = useMemo(
    () => foldingOf(sections ?? [], folded, (fold) => setFolded((before) => toggled(before, fold))),
    [sections, folded],
  );
  useEffect(() => viewport?.setFolded(folding.ranges), [viewport, folding]);

  const show = (line: number) => {
    const around = folding.folds.find(({ from, to }) => from <= line && line <= to);
    if (around !== undefined && folding.isFolded(around.section.line)) {
      const next = toggled(folded, around);
      setFolded(next);
      viewport?.setFolded(foldingOf(sections ?? [], next, folding.toggle).ranges);
    }
    viewport?.goTo(line);
  };
  const selection = useSelection(show, state?.phase === 'open');
  if (opened === undefined || session === undefined || viewport === undefined) return undefined;
  return {
    source: opened.source,
    session,
    viewport,
    folding,
    selection,
    show,
    foldAll: (fold) => setFolded(new Set(fold ? folding.folds.map(({ section }) => section.line) : [])),
  };
}

function toggled(folded: ReadonlySet<number>, { section }: Fold): ReadonlySet<number> {
  const next = new Set(folded);
  if (!next.delete(section.line)) next.add(section.line);
  return next;
}
