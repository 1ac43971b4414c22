import type { DeployDetail } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useAction } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface CancelDialogProps {
  readonly deploy: DeployDetail;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Cancels a deploy, having said what that means as it stands now. */
export function CancelDialog({ deploy, open, onClose }: CancelDialogProps) {
  const { app, environment, number } = deploy;
  const cancel = useAction(api.cancel, { onSuccess: onClose });
  const close = () => {
    cancel.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={close}
      title={`Cancel ${deploy.name}?`}
      tone="danger"
      confirmLabel="Cancel the deploy"
      pendingLabel="Cancelling…"
      keepLabel="Let it go on"
      onConfirm={() => cancel.mutate({ params: { app, environment, number } })}
      pending={cancel.isPending}
      error={cancel.error}
    >
      <p>{meaningOf(deploy)}</p>
    </ConfirmDialog>
  );
}

function meaningOf({ state, environment, steps }: DeployDetail): string {
  if (state === 'queued') return 'It has not started: nothing changes, and what waits behind it moves up.';
  if (state === 'verifying')
    return `All its steps are done, so ${environment} runs the new commit already. It will not count as a release: roll back, or ship again.`;
  const step = steps.find((each) => each.state === 'running');
  const during = step === undefined ? 'Its steps are' : `Step ${step.position}, “${step.name}”, is`;
  return `${during} ended where it is, with all its processes. What was done until then is not undone: ${environment} may be left half changed. Roll back, or ship again, to be sure.`;
}
