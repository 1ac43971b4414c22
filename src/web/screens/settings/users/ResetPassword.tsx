import type { User } from '../../../../contract/accounts.ts';
import type { api } from '../../../../contract/index.ts';
import { type DialogAction, FormDialog } from '../../../features/form/index.ts';
import { PasswordField } from './PasswordField.tsx';

/** Gives a user another password, for who forgot theirs. */
export function ResetPassword({ user, reset }: { user: User; reset: DialogAction<typeof api.updateUser> }) {
  const { username } = user;
  return (
    <FormDialog
      {...reset.dialog}
      title={`New password for ${username}`}
      description="Their sessions end; their tokens stay."
      submitLabel="Set the password"
      pendingLabel="Setting…"
      onSubmit={(values) => reset.run({ params: { username }, body: { password: values.exact('password') } })}
    >
      <PasswordField />
    </FormDialog>
  );
}
