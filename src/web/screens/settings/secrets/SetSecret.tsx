import type { api } from '../../../../contract/index.ts';
import { type DialogAction, FormDialog } from '../../../features/form/index.ts';
import { TextArea, TextInput } from '../../../ui/Field.tsx';

/** Stores a secret, or another value for one that is there. */
export function SetSecret({
  replaced,
  store,
}: {
  replaced: string | undefined;
  store: DialogAction<typeof api.setSecret>;
}) {
  return (
    <FormDialog
      {...store.dialog}
      title={replaced === undefined ? 'Store a secret' : `Replace ${replaced}`}
      size="normal"
      submitLabel={replaced === undefined ? 'Store the secret' : 'Replace the value'}
      pendingLabel="Storing…"
      onSubmit={(values) =>
        store.run({
          params: { name: replaced ?? values.text('name') },
          body: { value: values.exact('value') },
        })
      }
    >
      {replaced === undefined && (
        <TextInput
          label="Name"
          name="name"
          required
          pattern="[a-z0-9][a-z0-9._\-]{0,126}"
          title="Lower-case letters, digits, dots, hyphens and underscores"
          hint="If there is one of this name, its value is replaced."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <TextArea
        label="Value"
        name="value"
        required
        maxLength={100_000}
        rows={4}
        hint="Taken as it is, with its line breaks. It is not shown again."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </FormDialog>
  );
}
