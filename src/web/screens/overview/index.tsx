import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Sha } from '../../ui/Sha.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Time } from '../../ui/Time.tsx';

/** What is live where. */
export default function Overview() {
  usePageStatus({ title: 'Overview' });
  const apps = useApi(api.listApps, {});
  return (
    <Page title="Overview">
      <ProblemNote error={apps.error} doing="Loading the apps" onRetry={() => void apps.refetch()} />
      {apps.data?.items.length === 0 && (
        <EmptyState title="No apps yet">
          Declare a repository and an app in a <code>slipway.yml</code>, and apply it with{' '}
          <code>slipway apply slipway.yml</code>.
        </EmptyState>
      )}
      {apps.data?.items.map((app) => (
        <Section key={app.name} title={<TextLink to={paths.app(app.name)}>{app.name}</TextLink>}>
          <Environments app={app} />
        </Section>
      ))}
      {apps.isPending && <Table label="Apps" columns={columns} rows={undefined} rowKey={nameOf} />}
    </Page>
  );
}

const nameOf = (environment: EnvironmentStatus) => environment.name;

function Environments({ app }: { app: App }) {
  return <Table label={app.name} columns={columns} rows={app.environments} rowKey={nameOf} />;
}

const columns: readonly Column<EnvironmentStatus>[] = [
  { key: 'name', header: 'Environment', rowHeader: true, cell: ({ name }) => name },
  {
    key: 'state',
    header: 'Now',
    cell: ({ active, queued, locks }) => {
      if (active) return <StateMark state={active.state} />;
      if (queued[0]) return <StateMark state={queued[0].held ? 'held' : 'queued'} />;
      return locks.length > 0 ? <StateMark state="locked" /> : null;
    },
  },
  { key: 'sha', header: 'Live', cell: ({ live }) => live && <Sha sha={live.sha} short={live.short_sha} /> },
  {
    key: 'title',
    header: '',
    grow: true,
    cell: ({ live }) =>
      live === null ? 'nothing yet' : <TextLink to={paths.deploy(live)}>{live.title}</TextLink>,
  },
  { key: 'who', header: 'By', narrow: 'hide', cell: ({ live }) => live?.requested_by.name },
  {
    key: 'since',
    header: 'Since',
    align: 'end',
    cell: ({ live }) => live?.finished_at && <Time at={live.finished_at} />,
  },
];
