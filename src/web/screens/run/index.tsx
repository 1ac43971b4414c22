import { useSearchParams } from 'wouter';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RunPage } from './RunPage.tsx';

/** One run: its graph of jobs, what they say, and what can be done about it. */
export default function RunScreen({ params }: ScreenProps) {
  const typed = params.run ?? '';
  const run = /^\d{1,15}$/.test(typed) ? Number(typed) : 0;
  const attempt = useAttempt();
  const query = useApi(
    api.showRun,
    { params: { run }, query: attempt === undefined ? {} : { attempt } },
    { keepPrevious: true },
  );
  if (query.data?.id === run && query.error === null) return <RunPage run={query.data} />;
  return (
    <Page title="Run" wide>
      <WaitingTitle />
      <Loaded
        query={{ ...query, data: undefined }}
        label="Loading the run"
        skeleton={<Skeleton lines={8} width="50%" />}
        elsewhere={<LinkButton to={paths.runs()}>All runs</LinkButton>}
      >
        {() => null}
      </Loaded>
    </Page>
  );
}

function useAttempt(): number | undefined {
  const [search] = useSearchParams();
  const typed = search.get('attempt') ?? '';
  return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : undefined;
}

function WaitingTitle() {
  usePageStatus({ title: 'Run' });
  return null;
}
