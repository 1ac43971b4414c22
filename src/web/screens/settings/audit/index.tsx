import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../../../contract/index.ts';
import { useApiPages } from '../../../api/hooks.ts';
import { keysOf } from '../../../api/queryKey.ts';
import { useEvents } from '../../../app/liveContext.tsx';
import { ShowMore, useFilters, useSettled } from '../../../features/filters/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { AuditFilters, auditFilters } from './AuditFilters.tsx';
import { AuditTable } from './AuditTable.tsx';
import styles from './audit.module.css';
import { beginOfDay, endOfDay } from './days.ts';

/** Who did what, newest first, by any filter. */
export default function AuditSection() {
  const filters = useFilters(auditFilters);
  const { from, to, ...exact } = useSettled(filters.query);
  const query = {
    ...exact,
    ...moment('since', beginOfDay(from ?? '')),
    ...moment('until', endOfDay(to ?? '')),
  };
  const entries = useApiPages(api.listAudit, { query }, { keepPrevious: true, fresh: true });
  const newer = useNewer(entries);
  return (
    <>
      <AuditFilters filters={filters} />
      {newer.known && (
        <Button size="small" onClick={newer.show}>
          There are newer entries: show them
        </Button>
      )}
      <ProblemNote error={entries.error} onRetry={() => void entries.refetch()} />
      {(entries.data !== undefined || entries.error === null) && (
        <div className={styles.entries} data-stale={entries.isPlaceholderData || undefined}>
          <AuditTable
            entries={entries.data?.items}
            onFilter={filters.set}
            empty={
              filters.any ? (
                <EmptyState
                  title="Nothing like that was done"
                  action={<Button onClick={filters.clear}>Show everything</Button>}
                />
              ) : (
                <EmptyState title="Nothing has been done yet" />
              )
            }
          />
        </div>
      )}
      <ShowMore
        hasMore={entries.hasNextPage}
        pending={entries.isFetchingNextPage}
        onMore={() => void entries.fetchNextPage()}
      />
    </>
  );
}

const moment = (name: 'since' | 'until', at: string | undefined) => (at === undefined ? {} : { [name]: at });

/** Entries made meanwhile: they come by themselves, unless one has read on; then they wait to be asked for. */
function useNewer(
  entries: Pick<ReturnType<typeof useApiPages>, 'hasNextPage' | 'isFetching' | 'refetch'> & {
    data?: unknown;
  },
) {
  const queries = useQueryClient();
  const [known, setKnown] = useState(false);
  const pages = queries.getQueriesData<{ pages: unknown[] }>({
    queryKey: keysOf(api.listAudit),
    type: 'active',
  });
  const hasReadOn = pages.some(([, answer]) => (answer?.pages.length ?? 0) > 1);
  const { isFetching, refetch } = entries;
  // Each step of a deploy is an event, and none is an entry.
  useEvents(({ kind }) => kind !== 'deploy.step' && setKnown(true));
  useEffect(() => {
    if (!known || hasReadOn || isFetching) return;
    setKnown(false);
    void refetch();
  }, [known, hasReadOn, isFetching, refetch]);
  return {
    known: known && hasReadOn,
    show: () => {
      setKnown(false);
      void queries.resetQueries({ queryKey: keysOf(api.listAudit) });
    },
  };
}
