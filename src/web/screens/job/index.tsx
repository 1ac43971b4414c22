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
import { JobPage } from './JobPage.tsx';

/** One job: its steps beside its log. */
export default function JobScreen({ params }: ScreenProps) {
  const [run, job] = [numberOf(params.run), numberOf(params.job)];
  const [search] = useSearchParams();
  const step = numberOf(search.get('step') ?? '') || undefined;
  const query = useApi(api.showJob, { params: { job } });
  if (query.data !== undefined && query.error === null)
    return <JobPage key={`${job} ${step}`} job={query.data} step={step} />;
  return (
    <Page title="Job" wide>
      <WaitingTitle />
      <Loaded
        query={query}
        label="Loading the job"
        skeleton={<Skeleton lines={8} width="50%" />}
        elsewhere={<LinkButton to={run === 0 ? paths.runs() : paths.run(run)}>To its run</LinkButton>}
      >
        {(loaded) => <JobPage key={`${job} ${step}`} job={loaded} step={step} />}
      </Loaded>
    </Page>
  );
}

const numberOf = (typed = ''): number => (/^\d{1,15}$/.test(typed) ? Number(typed) : 0);

function WaitingTitle() {
  usePageStatus({ title: 'Job' });
  return null;
}
