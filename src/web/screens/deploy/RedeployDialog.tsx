import { useLocation } from 'wouter';
import type { Deploy, DeployDetail } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useAction } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Time } from '../../ui/Time.tsx';

interface RedeployDialogProps {
  readonly deploy: DeployDetail;
  /** What is live now, and would be replaced. */
  readonly replaces: Deploy | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Ships an older commit again, having said what it replaces. */
export function RedeployDialog({ deploy, replaces, open, onClose }: RedeployDialogProps) {
  const { app, environment, number } = deploy;
  const [, navigate] = useLocation();
  const redeploy = useAction(api.redeploy, {
    onSuccess: (next) => {
      onClose();
      navigate(paths.deploy(next));
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onClose={() => {
        redeploy.reset();
        onClose();
      }}
      title={`Ship ${deploy.short_sha} to ${environment} again?`}
      tone="danger"
      confirmLabel={`Re-deploy ${deploy.short_sha}`}
      pendingLabel="Re-deploying…"
      onConfirm={() => redeploy.mutate({ params: { app, environment, number }, body: {} })}
      pending={redeploy.isPending}
      error={redeploy.error}
    >
      {replaces !== undefined && (
        <p>
          Newer than it is #{replaces.number}, live with {replaces.short_sha} “{replaces.title}” since{' '}
          <Time at={replaces.finished_at ?? replaces.requested_at} />. It would be replaced.
        </p>
      )}
      <p>
        To undo what is live, rolling back is the better way: it passes locks, and supersedes what is queued.
      </p>
    </ConfirmDialog>
  );
}
