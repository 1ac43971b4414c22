import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DeployDetail } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { type PaletteAction, usePaletteActions } from '../../app/palette/actions.ts';
import { paths } from '../../app/paths.ts';
import styles from '../../features/log/work.module.css';
import { RollbackDialog } from '../../features/rollback/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { RedeployDialog } from './RedeployDialog.tsx';
import { offersOf } from './standingActions.ts';

type Asking = 'cancel' | 'redeploy' | 'rollback' | undefined;

/** What can be done about a deploy. What failed is said below the buttons. */
export function Actions({ deploy }: { deploy: DeployDetail }) {
  const { app, environment, number } = deploy;
  const [asking, setAsking] = useState<Asking>();
  const [, navigate] = useLocation();
  const apps = useApi(api.listApps, { query: { app } });
  const releases = useApi(api.listReleases, { params: { app, environment } });
  const offers = offersOf(deploy, apps.data?.items[0], releases.data);
  const params = { app, environment, number };
  const start = useAction(api.start);
  const redeploy = useAction(api.redeploy, { onSuccess: (next) => navigate(paths.deploy(next)) });
  const onStart = () => start.mutate({ params });
  const onRedeploy = () =>
    offers.replaces === undefined ? redeploy.mutate({ params, body: {} }) : setAsking('redeploy');
  const close = () => setAsking(undefined);

  usePaletteActions(() => {
    const action = (
      id: string,
      label: string,
      icon: PaletteAction['icon'],
      run: () => void,
    ): PaletteAction => ({
      id: `deploy-page-${id}`,
      label: `${label} ${deploy.name}`,
      group: 'This page',
      ...(icon === undefined ? {} : { icon }),
      run,
    });
    return [
      ...(offers.start ? [action('start', 'Start', 'ship', onStart)] : []),
      ...(offers.cancel ? [action('cancel', 'Cancel', 'stop', () => setAsking('cancel'))] : []),
      ...(offers.redeploy ? [action('redeploy', 'Re-deploy', 'retry', onRedeploy)] : []),
      ...(offers.rollback !== undefined
        ? [
            action('rollback', offers.rollback === 'to' ? 'Roll back to' : 'Roll back', 'rollback', () =>
              setAsking('rollback'),
            ),
          ]
        : []),
    ];
  });

  return (
    <div className={styles.deeds}>
      <div className={styles.buttons}>
        {offers.start && (
          <Button tone="solid" pending={start.isPending} pendingLabel="Starting…" onClick={onStart}>
            <Icon name="ship" /> Start it
          </Button>
        )}
        {offers.redeploy && (
          <Button pending={redeploy.isPending} pendingLabel="Re-deploying…" onClick={onRedeploy}>
            <Icon name="retry" /> Re-deploy
          </Button>
        )}
        {offers.rollback !== undefined && (
          <Button tone="danger" onClick={() => setAsking('rollback')}>
            <Icon name="rollback" /> {offers.rollback === 'to' ? 'Roll back to this' : 'Roll back'}
          </Button>
        )}
        {offers.cancel && (
          <Button tone="danger" onClick={() => setAsking('cancel')}>
            <Icon name="stop" /> Cancel
          </Button>
        )}
      </div>
      <ProblemNote error={start.error} doing="Starting" />
      <ProblemNote error={redeploy.error} doing="Re-deploying" />
      <CancelDialog deploy={deploy} open={asking === 'cancel'} onClose={close} />
      <RedeployDialog
        deploy={deploy}
        replaces={offers.replaces}
        open={asking === 'redeploy'}
        onClose={close}
      />
      <RollbackDialog
        app={app}
        environment={environment}
        to={offers.rollback === 'to' ? deploy : undefined}
        open={asking === 'rollback'}
        onClose={close}
      />
    </div>
  );
}
