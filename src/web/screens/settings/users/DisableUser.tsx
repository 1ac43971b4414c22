import type { User } from '../../../../contract/accounts.ts';
import type { api } from '../../../../contract/index.ts';
import type { DialogAction } from '../../../features/form/index.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';

/** Keeps somebody out. Nothing of theirs is deleted. */
export function DisableUser({ user, disable }: { user: User; disable: DialogAction<typeof api.updateUser> }) {
  const { username } = user;
  return (
    <ConfirmDialog
      {...disable.dialog}
      title={`Disable ${username}?`}
      tone="danger"
      confirmLabel="Disable"
      pendingLabel="Disabling…"
      onConfirm={() => disable.run({ params: { username }, body: { disabled: true } })}
    >
      <p>
        Their sessions end, and their tokens are refused. What they did stays in the history and the audit
        log, and they can be enabled again.
      </p>
    </ConfirmDialog>
  );
}
