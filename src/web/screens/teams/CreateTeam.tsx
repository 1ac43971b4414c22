import type { api } from '../../../contract/index.ts';
import { type DialogAction, FormDialog } from '../../features/form/index.ts';
import { TeamFields } from '../../features/teams/TeamFields.tsx';

/** Makes a team without members. */
export function CreateTeam({ create }: { create: DialogAction<typeof api.createTeam> }) {
  return (
    <FormDialog
      {...create.dialog}
      title="New team"
      submitLabel="Create the team"
      pendingLabel="Creating…"
      onSubmit={(values) => {
        const name = values.text('name');
        create.run({ body: { slug: values.text('slug'), ...(name ? { name } : {}) } });
      }}
    >
      <TeamFields />
    </FormDialog>
  );
}
