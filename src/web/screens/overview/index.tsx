import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { Page, Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { FirstSteps } from '../welcome/FirstSteps.tsx';
import { Alarms } from './Alarms.tsx';
import { Figures } from './Figures.tsx';
import { LiveTable, LiveTableSkeleton } from './LiveTable.tsx';
import { Moving } from './Moving.tsx';
import { RecentDays } from './RecentDays.tsx';

/** What needs somebody, what is moving, what is live where, and how it went lately. */
export default function Overview() {
  usePageStatus({ title: 'Overview' });
  const { data, error, refetch } = useApi(api.listApps, {});
  if (error !== null && data === undefined) {
    return (
      <Page title="Overview">
        <ProblemNote error={error} doing="Loading what is live" onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (data?.items.length === 0) {
    return (
      <Page title="Welcome to Slipway" about="Nothing is declared yet: this is how it begins.">
        <FirstSteps />
      </Page>
    );
  }
  return (
    <Page title="Overview">
      {data && <Alarms apps={data.items} runners={data.runners} />}
      {data && <Moving apps={data.items} />}
      <Section title="Live">{data ? <LiveTable apps={data.items} /> : <LiveTableSkeleton />}</Section>
      <Figures apps={data?.items ?? []} />
      <RecentDays />
    </Page>
  );
}
