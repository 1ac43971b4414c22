import { useLocation, useSearch } from 'wouter';
import { api } from '../../../contract/index.ts';
import { useApi, useApiPages } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Table } from '../../ui/Table.tsx';
import { historyColumns } from './columns.tsx';
import { Filters } from './Filters.tsx';
import {
  type ChartDays,
  chartDays,
  type Filter,
  formatFilter,
  historyQuery,
  isFiltered,
  parseFilter,
} from './filter.ts';
import { HistoryChart } from './HistoryChart.tsx';

/** All deploys, newest first, by days and by filters that stand in the address. */
export default function Deploys() {
  usePageStatus({ title: 'Deploys' });
  const [, go] = useLocation();
  const filter = parseFilter(useSearch());
  const change = (changes: Partial<Filter>) =>
    go(`${paths.deploys()}${formatFilter({ ...filter, ...changes })}`, { replace: true });
  const apps = useApi(api.listApps, {});
  const deploys = useApiPages(api.listDeploys, { query: historyQuery(filter) }, { keepPrevious: true });
  const alone = filter.since === filter.until ? filter.since : undefined;
  return (
    <Page title="Deploys" actions={<DaysChoice days={filter.days} onChange={(days) => change({ days })} />}>
      <HistoryChart
        days={filter.days}
        app={filter.app}
        environment={filter.environment}
        chosen={alone}
        onChoose={(day) =>
          change(day === alone ? { since: undefined, until: undefined } : { since: day, until: day })
        }
      />
      <Filters filter={filter} apps={apps.data?.items ?? []} onChange={change} />
      <ProblemNote error={deploys.error} doing="Loading the deploys" onRetry={() => void deploys.refetch()} />
      {(deploys.data !== undefined || deploys.error === null) && (
        <Table
          label="Deploys"
          columns={historyColumns(apps.data?.items ?? [])}
          rows={deploys.data?.items}
          rowKey={(deploy) => deploy.name}
          isMarked={(deploy) => deploy.finished_at === null}
          likelyRows={12}
          empty={<Nothing filter={filter} onClear={() => go(paths.deploys(), { replace: true })} />}
        />
      )}
      {deploys.hasNextPage && (
        <div>
          <Button
            pending={deploys.isFetchingNextPage}
            pendingLabel="Loading…"
            onClick={() => void deploys.fetchNextPage()}
          >
            Show older ones
          </Button>
        </div>
      )}
    </Page>
  );
}

function DaysChoice({ days, onChange }: { days: ChartDays; onChange: (days: ChartDays) => void }) {
  return (
    <Choices
      label="Days in the chart"
      labelHidden
      value={String(days)}
      onChange={(value) => onChange(chartDays.find((known) => String(known) === value) ?? days)}
      options={chartDays.map((known) => ({ value: String(known), label: `${known} days` }))}
    />
  );
}

function Nothing({ filter, onClear }: { filter: Filter; onClear: () => void }) {
  if (isFiltered(filter)) {
    return (
      <EmptyState title="No deploy is like that" action={<Button onClick={onClear}>Show all deploys</Button>}>
        Take a filter away, or choose other days.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing was deployed yet"
      action={<LinkButton to={paths.overview()}>To the overview</LinkButton>}
    >
      What is shipped is listed here, newest first. Ship something from the ladder of an app.
    </EmptyState>
  );
}
