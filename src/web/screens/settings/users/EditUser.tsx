import type { User } from '../../../../contract/accounts.ts';
import { roles } from '../../../../contract/endpoint.ts';
import type { api } from '../../../../contract/index.ts';
import { type DialogAction, FormDialog } from '../../../features/form/index.ts';
import { TextInput } from '../../../ui/Field.tsx';
import { RoleSelect } from './RoleSelect.tsx';

/** Changes what a user may do, and what they are called. */
export function EditUser({ user, edit }: { user: User; edit: DialogAction<typeof api.updateUser> }) {
  return (
    <FormDialog
      {...edit.dialog}
      title={`Change ${user.username}`}
      submitLabel="Save"
      pendingLabel="Saving…"
      onSubmit={(values) =>
        edit.run({
          params: { username: user.username },
          body: {
            role: roles.find((role) => role === values.text('role')) ?? user.role,
            name: values.text('name'),
            email: values.text('email') || null,
          },
        })
      }
    >
      <RoleSelect initial={user.role} />
      <TextInput label="Name" name="name" maxLength={200} defaultValue={user.name} autoComplete="off" />
      <TextInput
        label="E-mail"
        name="email"
        type="email"
        defaultValue={user.email ?? ''}
        autoComplete="off"
      />
    </FormDialog>
  );
}
