import type { Deploy } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApiPages } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Duration, Time } from '../../ui/Time.tsx';

/** All deploys, newest first. */
export default function Deploys() {
  usePageStatus({ title: 'Deploys' });
  const deploys = useApiPages(api.listDeploys, {});
  return (
    <Page title="Deploys">
      <ProblemNote error={deploys.error} doing="Loading the deploys" onRetry={() => void deploys.refetch()} />
      <Table
        label="Deploys"
        columns={columns}
        rows={deploys.data?.items}
        rowKey={(deploy) => deploy.name}
        isMarked={(deploy) => deploy.finished_at === null}
        empty={
          <EmptyState title="Nothing was deployed yet">
            What is shipped is listed here, newest first.
          </EmptyState>
        }
      />
      {deploys.hasNextPage && (
        <div>
          <Button pending={deploys.isFetchingNextPage} onClick={() => void deploys.fetchNextPage()}>
            Show older ones
          </Button>
        </div>
      )}
    </Page>
  );
}

const columns: readonly Column<Deploy>[] = [
  {
    key: 'name',
    header: 'Deploy',
    rowHeader: true,
    cell: (deploy) => <TextLink to={paths.deploy(deploy)}>{deploy.name}</TextLink>,
  },
  {
    key: 'state',
    header: 'State',
    cell: (deploy) => <StateMark state={deploy.held ? 'held' : deploy.state} />,
  },
  {
    key: 'title',
    header: 'Commit',
    grow: true,
    cell: (deploy) => (
      <>
        <Sha sha={deploy.sha} short={deploy.short_sha} /> {deploy.title}
      </>
    ),
  },
  { key: 'who', header: 'By', narrow: 'hide', cell: (deploy) => deploy.requested_by.name },
  {
    key: 'duration',
    header: 'Took',
    align: 'end',
    narrow: 'hide',
    cell: (deploy) => deploy.started_at && <Duration from={deploy.started_at} to={deploy.finished_at} />,
  },
  { key: 'when', header: 'When', align: 'end', cell: (deploy) => <Time at={deploy.requested_at} /> },
];
