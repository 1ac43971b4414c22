import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { FirstSteps } from './FirstSteps.tsx';

/** What is here, and what to do next: for who is new. */
export default function Welcome() {
  usePageStatus({ title: 'Welcome' });
  const apps = useApi(api.listApps, {}).data?.items;
  return (
    <Page
      title="Welcome to Slipway"
      about="From commit to healthy production, and back."
      actions={apps && apps.length > 0 && <LinkButton to={paths.overview()}>To the overview</LinkButton>}
    >
      <FirstSteps />
    </Page>
  );
}
