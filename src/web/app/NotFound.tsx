import { LinkButton } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Page } from '../ui/Page.tsx';
import { usePageStatus } from './pageStatus.ts';
import { paths } from './paths.ts';

/** Nothing is at this address. */
export function NotFound() {
  usePageStatus({ title: 'Not found' });
  return (
    <Page title="Not on the chart">
      <EmptyState
        title={`There is nothing at ${location.pathname}`}
        action={<LinkButton to={paths.overview()}>To the overview</LinkButton>}
      >
        The address may be mistyped, or what it led to was deleted.
      </EmptyState>
    </Page>
  );
}
