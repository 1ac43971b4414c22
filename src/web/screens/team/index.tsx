import { Link, useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { useHasRole } from '../../app/session.ts';
import { useDialogAction } from '../../features/form/index.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DeleteTeam } from './DeleteTeam.tsx';
import { EditTeam } from './EditTeam.tsx';
import { Members } from './Members.tsx';
import { Owned } from './Owned.tsx';

/** One team: its members, and what belongs to it. */
export default function TeamScreen({ params }: ScreenProps) {
  const { team: slug = '' } = params;
  const [, navigate] = useLocation();
  const team = useApi(api.showTeam, { params: { team: slug } });
  const edit = useDialogAction(api.updateTeam, (changed) => {
    if (changed.slug !== slug) navigate(paths.team(changed.slug), { replace: true });
  });
  const remove = useDialogAction(api.deleteTeam, () => navigate(paths.teams(), { replace: true }));
  const administers = useHasRole('admin');
  const { data } = team;
  usePageStatus({ title: data?.name ?? slug });
  return (
    <Page
      title={data?.name ?? slug}
      above={<Link href={paths.teams()}>Teams</Link>}
      about={data && data.name !== data.slug && <code>{data.slug}</code>}
      actions={
        data &&
        administers && (
          <>
            <Button onClick={edit.show}>Rename</Button>
            <Button tone="danger" onClick={remove.show}>
              Delete
            </Button>
          </>
        )
      }
    >
      <Loaded
        query={edit.dialog.pending || remove.dialog.pending ? { ...team, error: null } : team}
        label="Loading the team"
        skeleton={<TeamSkeleton />}
        elsewhere={<LinkButton to={paths.teams()}>All teams</LinkButton>}
      >
        {(shown) => (
          <>
            <Members team={shown} />
            <Owned team={shown} />
            <EditTeam team={shown} edit={edit} />
            <DeleteTeam team={shown} remove={remove} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function TeamSkeleton() {
  return ['Members', 'Apps', 'Projects'].map((title) => (
    <Section key={title} title={title}>
      <Skeleton lines={3} width="30%" />
    </Section>
  ));
}
