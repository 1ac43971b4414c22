import type { api } from '../../../contract/index.ts';
import type { TeamDetail } from '../../../contract/teams.ts';
import { type DialogAction, TypedConfirmation } from '../../features/form/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Owned } from './Owned.tsx';

interface DeleteTeamProps {
  readonly team: TeamDetail;
  readonly remove: DialogAction<typeof api.deleteTeam>;
}

/** Deletes a team that owns nothing; of one that does it says what has to go elsewhere first. */
export function DeleteTeam({ team, remove }: DeleteTeamProps) {
  const { slug, name } = team;
  if (team.apps.length + team.projects.length > 0) return <OwnsSomething team={team} remove={remove} />;
  return (
    <TypedConfirmation
      {...remove.dialog}
      title={`Delete ${name}?`}
      word={slug}
      submitLabel="Delete the team"
      pendingLabel="Deleting…"
      onConfirm={() => remove.run({ params: { team: slug }, query: { confirm: slug } })}
    >
      <p>Its members stay users, and lose what they may do through this team alone.</p>
    </TypedConfirmation>
  );
}

function OwnsSomething({ team, remove }: DeleteTeamProps) {
  return (
    <Dialog
      open={remove.dialog.open}
      onClose={remove.dialog.onClose}
      title={`${team.name} still owns something`}
      description="A team can be deleted when it owns nothing. Give its apps another team in slipway.yml and apply it; move its projects on their pages."
      footer={<Button onClick={remove.dialog.onClose}>Close</Button>}
    >
      <Owned team={team} />
    </Dialog>
  );
}
