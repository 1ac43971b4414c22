import { api } from '../../../contract/index.ts';
import { useApiPages } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { StartWorkflow } from '../../features/dispatch/StartWorkflow.tsx';
import { ShowMore, useFilters } from '../../features/filters/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Table } from '../../ui/Table.tsx';
import { runColumns } from './columns.tsx';
import { Filters } from './Filters.tsx';
import { filterNames, runsQuery } from './filter.ts';
import { NoRuns } from './NoRuns.tsx';
import { useRowKeys } from './useRowKeys.ts';

/** Runs of workflows, newest first, by filters that stand in the address. */
export default function Runs() {
  usePageStatus({ title: 'Runs' });
  const filters = useFilters(filterNames);
  const runs = useApiPages(api.listRuns, { query: runsQuery(filters.query) }, { keepPrevious: true });
  const rows = useRowKeys();
  return (
    <Page title="Runs" wide actions={<StartWorkflow repository={filters.values.repository || undefined} />}>
      <Filters filters={filters} runs={runs.data?.items ?? []} />
      <ProblemNote error={runs.error} doing="Loading the runs" onRetry={() => void runs.refetch()} />
      {(runs.data !== undefined || runs.error === null) && (
        <div ref={rows}>
          <Table
            label="Runs"
            columns={runColumns}
            rows={runs.data?.items}
            rowKey={(run) => run.id}
            isMarked={(run) => run.state !== 'completed'}
            likelyRows={12}
            empty={
              filters.any ? (
                <EmptyState
                  title="No run is like that"
                  action={<Button onClick={filters.clear}>Show all runs</Button>}
                >
                  Take a filter away.
                </EmptyState>
              ) : (
                <NoRuns />
              )
            }
          />
        </div>
      )}
      <ShowMore
        hasMore={runs.hasNextPage}
        pending={runs.isFetchingNextPage}
        onMore={() => void runs.fetchNextPage()}
      />
    </Page>
  );
}
