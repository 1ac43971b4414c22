import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { DeployPage } from './DeployPage.tsx';
import { DeploySkeleton } from './DeploySkeleton.tsx';

/** One deploy: how it stands, its steps and its log, and what can be done about it. */
export default function DeployScreen({ params }: ScreenProps) {
  const { app = '', environment = '', number: typed = '' } = params;
  const number = /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
  const name = `${app}/${environment}#${typed}`;
  const query = useApi(api.showDeploy, { params: { app, environment, number } });
  if (query.data !== undefined && query.error === null) return <DeployPage key={name} deploy={query.data} />;
  return (
    <Page title={name} wide>
      <WaitingTitle name={name} />
      <Loaded
        query={query}
        label="Loading the deploy"
        skeleton={<DeploySkeleton />}
        elsewhere={<LinkButton to={paths.deploys({ app })}>Deploys of {app}</LinkButton>}
      >
        {(deploy) => <DeployPage key={name} deploy={deploy} />}
      </Loaded>
    </Page>
  );
}

function WaitingTitle({ name }: { name: string }) {
  usePageStatus({ title: name });
  return null;
}
