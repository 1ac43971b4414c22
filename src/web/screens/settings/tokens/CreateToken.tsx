import type { Token } from '../../../../contract/accounts.ts';
import { type Role, roles, type Scope, scopes } from '../../../../contract/endpoint.ts';
import type { api } from '../../../../contract/index.ts';
import { useUser } from '../../../app/session.ts';
import { type DialogAction, FormDialog, type FormValues } from '../../../features/form/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { CopyBox } from '../../../ui/CopyBox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Checkbox, Select, TextInput } from '../../../ui/Field.tsx';
import facts from '../facts.module.css';
import { scopeMeanings } from '../roles.ts';

/** Makes a token of the signed-in user. */
export function CreateToken({ create }: { create: DialogAction<typeof api.createToken> }) {
  const { role } = useUser();
  return (
    <FormDialog
      {...create.dialog}
      title="New API token"
      description="It acts as you, and can never do more than you may."
      submitLabel="Make the token"
      pendingLabel="Making…"
      onSubmit={(values) => create.run({ body: bodyOf(values) })}
    >
      <TextInput
        label="Name"
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        hint="What it is for: the name of the program or the machine."
      />
      <fieldset className={facts.checks}>
        <legend>Scopes</legend>
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={scope}
            hint={scopeMeanings[scope]}
            defaultChecked={scope === 'read'}
            disabled={roles.indexOf(role) < roles.indexOf(leastRole[scope])}
          />
        ))}
      </fieldset>
      <Select label="It ends" name="expires" defaultValue="90" options={lifetimes} />
    </FormDialog>
  );
}

/** Below these roles a scope would allow nothing. */
const leastRole: Readonly<Record<Scope, Role>> = { read: 'viewer', deploy: 'member', admin: 'admin' };

const lifetimes = [
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: '', label: 'never' },
];

function bodyOf(values: FormValues) {
  const expires = values.text('expires');
  return {
    name: values.text('name'),
    scopes: scopes.filter((scope) => values.all('scopes').includes(scope)),
    expires_in_days: expires === '' ? null : Number(expires),
  };
}

/** The only time that a token is shown. */
export function MadeToken({
  token,
  onClose,
}: {
  token: (Token & { token: string }) | undefined;
  onClose: () => void;
}) {
  return (
    <Dialog
      open={token !== undefined}
      onClose={onClose}
      title={`${token?.name ?? 'The token'} is made`}
      description="Copy it now: it is shown only this once, and kept nowhere."
      footer={
        <Button tone="solid" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      {token && <CopyBox text={token.token} label="Copy the token" name="API token" wrap />}
    </Dialog>
  );
}
