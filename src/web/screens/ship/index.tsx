import { Link, useSearchParams } from 'wouter';
import { ApiError } from '../../../contract/client.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { NotFound } from '../../app/NotFound.tsx';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { Order } from './Order.tsx';
import type { Wish } from './wish.ts';

/** Where a commit is shipped: to where, what, what goes out by it, and what stands against it. */
export default function Ship({ params }: ScreenProps) {
  const name = params.app ?? '';
  const [search, setSearch] = useSearchParams();
  const wish = wishOf(search);
  usePageStatus({ title: `Ship ${[name, wish.environment].filter(Boolean).join('/')}` });
  const app = useApi(api.showApp, { params: { app: name } });
  if (app.error instanceof ApiError && app.error.problem.code === 'not_found') return <NotFound />;
  return (
    <Page title={`Ship ${name}`} above={<Above app={name} />}>
      <ProblemNote error={app.error} doing={`Loading ${name}`} onRetry={() => void app.refetch()} />
      {app.isPending && (
        <Loading label={`Loading ${name}`}>
          <Skeleton lines={6} width="50%" />
        </Loading>
      )}
      {app.data?.may_deploy === false && (
        <EmptyState
          title={`You may look at ${name}, and not ship it`}
          action={<LinkButton to={paths.app(name)}>Back to its commits</LinkButton>}
        >
          Members of team {app.data.team} may, and admins. An admin can add you to the team.
        </EmptyState>
      )}
      {app.data?.may_deploy && (
        <Order app={app.data} wish={wish} onWish={(next) => setSearch(searchOf(next), { replace: true })} />
      )}
    </Page>
  );
}

const Above = ({ app }: { app: string }) => (
  <>
    <Link to={paths.shipping()}>Ship</Link>
    {' / '}
    <Link to={paths.app(app)}>{app}</Link>
  </>
);

const wishOf = (search: URLSearchParams): Wish => ({
  environment: search.get('environment') ?? undefined,
  ref: search.get('ref') ?? undefined,
  commit: search.get('commit') ?? undefined,
});

function searchOf(wish: Wish): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(wish)) if (value !== undefined) search.set(name, value);
  return search;
}
