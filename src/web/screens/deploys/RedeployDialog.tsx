import { useLocation } from 'wouter';
import type { Deploy } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useAction } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Time } from '../../ui/Time.tsx';

/** Ships the commit of a deploy again, after saying which one that is: from a list it is easily the wrong row. */
export function RedeployDialog({ deploy, onClose }: { deploy: Deploy; onClose: () => void }) {
  const [, go] = useLocation();
  const redeploy = useAction(api.redeploy, {
    onSuccess: (created) => {
      onClose();
      go(paths.deploy(created));
    },
  });
  const { app, environment, number } = deploy;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Ship ${deploy.short_sha} to ${app}/${environment} again?`}
      confirmLabel="Ship it again"
      pendingLabel="Shipping…"
      onConfirm={() => redeploy.mutate({ params: { app, environment, number }, body: {} })}
      pending={redeploy.isPending}
      error={redeploy.error}
    >
      <p>
        “{deploy.title}”, as #{number} by {deploy.requested_by.name} <Time at={deploy.requested_at} />.
        {!deploy.live && ' It is not what is live there now.'}
      </p>
    </ConfirmDialog>
  );
}
