import { useSearchParams } from 'wouter';
import { ApiError } from '../../../contract/client.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { NotFound } from '../../app/NotFound.tsx';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Commits } from './Commits.tsx';
import { Environments } from './Environments.tsx';
import { RepositoryState } from './RepositoryState.tsx';
import { ChartSkeleton, EnvironmentsSkeleton } from './Skeletons.tsx';
import { useRungs } from './useRungs.ts';

/** The home of an app: its commits as rungs, its environments as columns, and where each of them stands. */
export default function Ladder({ params }: ScreenProps) {
  const name = params.app ?? '';
  usePageStatus({ title: name });
  const app = useApi(api.showApp, { params: { app: name } });
  const [search, setSearch] = useSearchParams();
  const ref = search.get('ref') ?? undefined;
  const commit = search.get('commit') ?? undefined;
  const rungs = useRungs(name, app.data?.repository, ref);
  const chooseRef = (wanted: string | undefined) => setSearch(wanted === undefined ? {} : { ref: wanted });

  if (isNotFound(app.error)) return <NotFound />;
  return (
    <Page
      wide
      title={name}
      about={app.data && <RepositoryState app={app.data} />}
      actions={
        app.data?.may_deploy && (
          <LinkButton to={paths.ship(name)} tone="solid">
            <Icon name="ship" /> Ship…
          </LinkButton>
        )
      }
    >
      <ProblemNote error={app.error} doing={`Loading ${name}`} onRetry={() => void app.refetch()} />
      {app.data ? <Environments app={app.data} /> : app.isPending && <EnvironmentsSkeleton />}
      {app.data ? (
        <Commits
          key={`${name} ${ref}`}
          app={app.data}
          rungs={rungs}
          named={ref}
          wanted={commit}
          onRef={chooseRef}
        />
      ) : (
        app.isPending && <ChartSkeleton />
      )}
    </Page>
  );
}

const isNotFound = (error: Error | null): boolean =>
  error instanceof ApiError && error.problem.code === 'not_found';
