import { useState } from 'react';
import type { User } from '../../../../contract/accounts.ts';
import { api } from '../../../../contract/index.ts';
import { useAction, useApi } from '../../../api/hooks.ts';
import { usePaletteActions } from '../../../app/palette/actions.ts';
import { useHasRole, useUser } from '../../../app/session.ts';
import { useDialogAction } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Page.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { CreateUser } from './CreateUser.tsx';
import { DisableUser } from './DisableUser.tsx';
import { EditUser } from './EditUser.tsx';
import { mayChangeUser } from './mayChangeUser.ts';
import { ResetPassword } from './ResetPassword.tsx';
import { UserTable } from './UserTable.tsx';

/** Who may sign in, with what role. Admins change it. */
export default function UsersSection() {
  const me = useUser();
  const administers = useHasRole('admin');
  const users = useApi(api.listUsers, {});
  const [chosen, setChosen] = useState<User>();
  const create = useDialogAction(api.createUser);
  const edit = useDialogAction(api.updateUser);
  const password = useDialogAction(api.updateUser);
  const disable = useDialogAction(api.updateUser);
  const enable = useAction(api.updateUser);
  const on = (dialog: { show: () => void }) => (user: User) => {
    setChosen(user);
    dialog.show();
  };
  usePaletteActions(() =>
    administers
      ? [{ id: 'new-user', label: 'New user', group: 'This page', icon: 'plus', run: create.show }]
      : [],
  );
  return (
    <Section
      title={countOf(users.data?.items.length)}
      actions={
        administers && (
          <Button tone="solid" onClick={create.show}>
            New user
          </Button>
        )
      }
    >
      <ProblemNote error={users.error} onRetry={() => void users.refetch()} />
      <ProblemNote error={enable.error} />
      {(users.data !== undefined || users.error === null) && (
        <UserTable
          users={users.data?.items}
          me={me}
          changes={
            administers
              ? {
                  whyNot: (user) => mayChangeUser(me, user),
                  onEdit: on(edit),
                  onPassword: on(password),
                  onDisable: on(disable),
                  onEnable: ({ username }) =>
                    enable.mutate({ params: { username }, body: { disabled: false } }),
                  isBusy: ({ username }) => enable.isPending && enable.variables.params.username === username,
                }
              : undefined
          }
        />
      )}
      <CreateUser create={create} />
      {chosen && (
        <>
          <EditUser key={chosen.username} user={chosen} edit={edit} />
          <ResetPassword user={chosen} reset={password} />
          <DisableUser user={chosen} disable={disable} />
        </>
      )}
    </Section>
  );
}

function countOf(users: number | undefined): string {
  if (users === undefined) return 'Users';
  return users === 1 ? '1 user' : `${users} users`;
}
