import { useMemo } from 'react';
import { RefField } from '../../features/refs/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Chart } from './Chart.tsx';
import styles from './Ladder.module.css';
import { notesOf } from './notes.ts';
import { ChartSkeleton } from './Skeletons.tsx';
import type { ShownApp } from './shownApp.ts';
import type { Rungs } from './useRungs.ts';
import { useWhys } from './useWhys.ts';

export interface CommitsProps {
  readonly app: ShownApp;
  readonly rungs: Rungs;
  /** The ref in the address; the repository's default branch unless there is one. */
  readonly named: string | undefined;
  /** The commit in the address: it is gone to and unfolded. */
  readonly wanted: string | undefined;
  readonly onRef: (ref: string | undefined) => void;
}

/** The commits of a ref, and where the environments stand among them. */
export function Commits({ app, rungs, named, wanted, onRef }: CommitsProps) {
  const whys = useWhys(app);
  const notes = useMemo(() => notesOf(app, whys), [app, whys]);
  const { first, error } = rungs;
  return (
    <section aria-label="Commits" className={styles.commits}>
      <div className={styles.refBar}>
        <RefField
          label="Commits of"
          className={styles.refField}
          repository={app.repository}
          value={named ?? first?.ref ?? ''}
          placeholder="the default branch"
          onChange={onRef}
        />
        {named !== undefined && (
          <Button tone="quiet" onClick={() => onRef(undefined)}>
            Back to the default branch
          </Button>
        )}
        <p className={styles.legend} aria-hidden="true">
          <span className={styles.legendShipped}>shipped</span>
          <span className={styles.legendAhead}>not yet</span>
          <span className={styles.keys}>
            <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>s</kbd> ships
          </span>
        </p>
      </div>
      {first === undefined && <ProblemNote error={error} doing="Listing the commits" onRetry={rungs.retry} />}
      {first === undefined && error === null && <ChartSkeleton columns={app.environments.length} />}
      {first !== undefined && rungs.rungs.length === 0 && (
        <EmptyState title={`${first.ref} has no commits yet`}>
          Push one to {app.repository}; it is shown here when it was fetched.
        </EmptyState>
      )}
      {rungs.rungs.length > 0 && <Chart app={app} rungs={rungs} notes={notes} wanted={wanted} />}
    </section>
  );
}
