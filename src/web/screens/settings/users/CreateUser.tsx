import { roles } from '../../../../contract/endpoint.ts';
import { api } from '../../../../contract/index.ts';
import { useApi } from '../../../api/hooks.ts';
import { type DialogAction, FormDialog, type FormValues } from '../../../features/form/index.ts';
import { Checkbox, TextInput } from '../../../ui/Field.tsx';
import facts from '../facts.module.css';
import { PasswordField } from './PasswordField.tsx';
import { RoleSelect } from './RoleSelect.tsx';

/** Adds a user who can sign in at once. */
export function CreateUser({ create }: { create: DialogAction<typeof api.createUser> }) {
  const teams = useApi(api.listTeams, {}, { enabled: create.dialog.open });
  return (
    <FormDialog
      {...create.dialog}
      title="New user"
      size="normal"
      submitLabel="Add the user"
      pendingLabel="Adding…"
      onSubmit={(values) => create.run({ body: bodyOf(values) })}
    >
      <TextInput
        label="Username"
        name="username"
        required
        pattern="[a-z0-9][a-z0-9._\-]{0,62}"
        title="Lower-case letters, digits, dots, hyphens and underscores"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextInput label="Name" name="name" maxLength={200} autoComplete="off" />
      <TextInput label="E-mail" name="email" type="email" autoComplete="off" />
      <RoleSelect initial="member" />
      {teams.data !== undefined && teams.data.items.length > 0 && (
        <fieldset className={facts.checks}>
          <legend>Teams</legend>
          {teams.data.items.map((team) => (
            <Checkbox key={team.slug} name="teams" value={team.slug} label={team.name} />
          ))}
        </fieldset>
      )}
      <PasswordField />
    </FormDialog>
  );
}

function bodyOf(values: FormValues) {
  const email = values.text('email');
  return {
    username: values.text('username'),
    name: values.text('name'),
    ...(email ? { email } : {}),
    role: roles.find((role) => role === values.text('role')) ?? 'viewer',
    password: values.exact('password'),
    teams: values.all('teams'),
  };
}
