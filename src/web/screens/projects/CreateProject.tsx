import type { api } from '../../../contract/index.ts';
import { type DialogAction, FormDialog } from '../../features/form/index.ts';
import { PlatformInput } from '../../features/projects/PlatformInput.tsx';
import { TeamSelect } from '../../features/teams/TeamSelect.tsx';
import { TextInput } from '../../ui/Field.tsx';

/** Makes a project with its first key; its page shows the DSN. */
export function CreateProject({
  create,
  team,
}: {
  create: DialogAction<typeof api.createProject>;
  /** The one to offer first. */
  team: string;
}) {
  return (
    <FormDialog
      {...create.dialog}
      title="New project"
      description="It gets its first key, and so its DSN, at once."
      submitLabel="Create the project"
      pendingLabel="Creating…"
      onSubmit={(values) => {
        const platform = values.text('platform');
        create.run({
          body: { name: values.text('name'), team: values.text('team'), ...(platform ? { platform } : {}) },
        });
      }}
    >
      <TextInput
        label="Name"
        name="name"
        required
        maxLength={200}
        autoComplete="off"
        hint="Its slug is made from it, and can be changed later."
      />
      <TeamSelect current={team || undefined} />
      <PlatformInput defaultValue="" />
    </FormDialog>
  );
}
