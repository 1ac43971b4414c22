import { useLocation } from 'wouter';
import { type Deploy, isFinal } from '../../../contract/deploys.ts';
import { openDialog } from '../../app/dialogs.tsx';
import { paths } from '../../app/paths.ts';
import { openRollback } from '../../features/environment/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { RedeployDialog } from './RedeployDialog.tsx';

/** What can be done with a deploy from its row. */
export function DeployMenu({ deploy, mayDeploy }: { deploy: Deploy; mayDeploy: boolean }) {
  const [, go] = useLocation();
  const { app, environment } = deploy;
  const look: MenuEntry[] = [
    { label: 'Log and steps', icon: 'history', onSelect: () => go(paths.deploy(deploy)) },
    {
      label: `All of ${app}/${environment}`,
      icon: 'filter',
      onSelect: () => go(paths.deploys({ app, environment })),
    },
  ];
  const act: MenuEntry[] = [
    {
      label: 'Ship this commit again…',
      icon: 'retry',
      disabled: !isFinal(deploy.state),
      onSelect: () => openDialog((close) => <RedeployDialog deploy={deploy} onClose={close} />),
    },
    {
      label: deploy.live ? 'Roll back from here…' : 'Roll back to here…',
      icon: 'rollback',
      danger: true,
      disabled: deploy.state !== 'succeeded',
      onSelect: () => openRollback({ app, environment, ...(deploy.live ? {} : { to: deploy }) }),
    },
    'separator',
  ];
  return (
    <Menu
      tone="quiet"
      size="small"
      label={`Actions for ${deploy.name}`}
      entries={mayDeploy ? [...act, ...look] : look}
    >
      <Icon name="more" />
    </Menu>
  );
}
