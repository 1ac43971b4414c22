import type { api } from '../../../contract/index.ts';
import type { TeamDetail } from '../../../contract/teams.ts';
import { type DialogAction, FormDialog } from '../../features/form/index.ts';
import { TeamFields } from '../../features/teams/TeamFields.tsx';

/** Changes what a team is called. */
export function EditTeam({ team, edit }: { team: TeamDetail; edit: DialogAction<typeof api.updateTeam> }) {
  return (
    <FormDialog
      {...edit.dialog}
      title={`Rename ${team.name}`}
      {...(team.apps.length > 0
        ? { description: 'With another slug, change `team:` of its apps in slipway.yml too.' }
        : {})}
      submitLabel="Save"
      pendingLabel="Saving…"
      onSubmit={(values) =>
        edit.run({
          params: { team: team.slug },
          body: { name: values.text('name'), slug: values.text('slug') },
        })
      }
    >
      <TeamFields team={team} />
    </FormDialog>
  );
}
