import { useMemo } from 'react';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import type { Change } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApiPages } from '../../api/hooks.ts';
import { contentsOf } from '../../lib/history.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { ChangeRow } from './ChangeRow.tsx';
import styles from './Ship.module.css';

export interface ChangeListProps {
  readonly app: App;
  readonly environment: EnvironmentStatus;
  readonly baseRef: string;
  /** The sha that would be shipped. */
  readonly chosen: string;
  readonly isNewest: boolean;
  readonly onChoose: (commit: string | undefined) => void;
}

/** The commits between what is live and the ref; a click on one ships up to it, and leaves the newer ones behind. */
export function ChangeList({ app, environment, baseRef, chosen, isNewest, onChoose }: ChangeListProps) {
  const params = { app: app.name, environment: environment.name };
  const changes = useApiPages(
    api.listChanges,
    { params, query: { ref: baseRef, limit: 100 } },
    { keepPrevious: true },
  );
  const items = changes.data?.items;
  const goes = useMemo(() => goingOut(items ?? [], chosen), [items, chosen]);
  if (changes.error !== null) {
    return (
      <ProblemNote error={changes.error} doing="Listing the commits" onRetry={() => void changes.refetch()} />
    );
  }
  if (items === undefined) {
    return (
      <Loading label="Listing the commits">
        <Skeleton lines={8} width="70%" />
      </Loading>
    );
  }
  const out = items.filter((change) => change.direction === 'out');
  const away = items.filter((change) => change.direction === 'away');
  return (
    <div className={styles.changes}>
      {out.length > 0 && (
        <section aria-label="Commits that go out">
          {out.length > 1 && (
            <p className={styles.listHint}>
              {isNewest
                ? 'Choose a commit to ship up to it only.'
                : 'What is newer than your choice stays behind.'}
              {!isNewest && (
                <Button size="small" tone="quiet" onClick={() => onChoose(undefined)}>
                  Back to the newest
                </Button>
              )}
            </p>
          )}
          <ol className={styles.list}>
            {out.map((change, index) => (
              <ChangeRow
                key={change.sha}
                app={app}
                change={change}
                standing={change.sha === chosen ? 'candidate' : goes.has(change.sha) ? 'goes' : 'stays'}
                onChoose={() => onChoose(index === 0 ? undefined : change.sha)}
              />
            ))}
          </ol>
        </section>
      )}
      {away.length > 0 && (
        <section aria-label="Commits that are taken away">
          <h3 className={styles.awayTitle}>Taken away</h3>
          <ol className={styles.list}>
            {away.map((change) => (
              <ChangeRow key={change.sha} app={app} change={change} standing="away" />
            ))}
          </ol>
        </section>
      )}
      {changes.hasNextPage && (
        <Button
          size="small"
          pending={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          More commits
        </Button>
      )}
    </div>
  );
}

/** Those of the listed commits that the chosen one contains; all of them when it is none of these. */
function goingOut(changes: readonly Change[], chosen: string): ReadonlySet<string> {
  const out = changes.filter((change) => change.direction === 'out');
  return contentsOf(out, chosen)?.shas ?? new Set(out.map((change) => change.sha));
}
