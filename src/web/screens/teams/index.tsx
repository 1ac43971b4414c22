import { Link, useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { Team } from '../../../contract/teams.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { usePaletteActions } from '../../app/palette/actions.ts';
import { paths } from '../../app/paths.ts';
import { useHasRole, useUser } from '../../app/session.ts';
import { useDialogAction } from '../../features/form/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { CreateTeam } from './CreateTeam.tsx';
import styles from './teams.module.css';

/** All teams with their members. */
export default function TeamsScreen() {
  usePageStatus({ title: 'Teams' });
  const [, navigate] = useLocation();
  const teams = useApi(api.listTeams, {});
  const create = useDialogAction(api.createTeam, (made) => navigate(paths.team(made.slug)));
  const administers = useHasRole('admin');
  const own = useUser().teams;
  usePaletteActions(() =>
    administers
      ? [{ id: 'new-team', label: 'New team', group: 'This page', icon: 'plus', run: create.show }]
      : [],
  );
  const newTeam = administers && (
    <Button tone="solid" onClick={create.show}>
      New team
    </Button>
  );
  return (
    <Page title="Teams" about="Who may ship which app, and see to which project." actions={newTeam}>
      {teams.error && teams.data === undefined ? (
        <ProblemNote error={teams.error} onRetry={() => void teams.refetch()} />
      ) : (
        <Table
          label="Teams"
          columns={columnsFor(own)}
          rows={teams.data?.items}
          rowKey={(team) => team.slug}
          empty={
            <EmptyState title="No team yet" action={newTeam}>
              Apps and projects belong to teams. An app's team is named in slipway.yml, and made by applying
              it
              {administers ? '; or make one here.' : '.'}
            </EmptyState>
          }
        />
      )}
      <CreateTeam create={create} />
    </Page>
  );
}

const columnsFor = (own: readonly string[]): readonly Column<Team>[] => [
  {
    key: 'name',
    header: 'Team',
    rowHeader: true,
    narrow: 'line',
    cell: (team) => (
      <span className={styles.name}>
        <Link href={paths.team(team.slug)}>{team.name}</Link>{' '}
        {own.includes(team.slug) && <Badge>yours</Badge>}
      </span>
    ),
  },
  {
    key: 'slug',
    header: 'Slug',
    narrow: 'hide',
    cell: (team) => <code className={styles.quiet}>{team.slug}</code>,
  },
  {
    key: 'members',
    header: 'Members',
    grow: true,
    cell: (team) =>
      team.members.length === 0 ? <span className={styles.quiet}>nobody</span> : team.members.join(', '),
  },
];
