import { useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import { useApi, useApiPages } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { usePaletteActions } from '../../app/palette/actions.ts';
import { paths } from '../../app/paths.ts';
import { useHasRole, useUser } from '../../app/session.ts';
import { FilterBar, ShowMore, useFilters, useSettled } from '../../features/filters/index.ts';
import { useDialogAction } from '../../features/form/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select, TextInput } from '../../ui/Field.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { CreateProject } from './CreateProject.tsx';
import { ProjectTable } from './ProjectTable.tsx';

/** All projects, and the way to a new one. */
export default function ProjectsScreen() {
  usePageStatus({ title: 'Projects' });
  const [, navigate] = useLocation();
  const filters = useFilters(['query', 'team']);
  const query = useSettled(filters.query);
  const projects = useApiPages(api.listProjects, { query: { limit: 100, ...query } }, { keepPrevious: true });
  const teams = useApi(api.listTeams, {});
  const create = useDialogAction(api.createProject, (made) => navigate(paths.project(made.slug)));
  const mayCreate = useMayCreate();
  usePaletteActions(() =>
    mayCreate
      ? [{ id: 'new-project', label: 'New project', group: 'This page', icon: 'plus', run: create.show }]
      : [],
  );
  const newProject = mayCreate && (
    <Button tone="solid" onClick={create.show}>
      New project
    </Button>
  );
  return (
    <Page title="Projects" about="What sends errors. Each has a DSN to give to its SDK." actions={newProject}>
      <FilterBar label="Filter projects" any={filters.any} onClear={filters.clear}>
        <TextInput
          label="Name, slug or id"
          type="search"
          value={filters.values.query}
          onChange={(event) => filters.set('query', event.target.value)}
        />
        <Select
          label="Team"
          value={filters.values.team}
          onChange={(event) => filters.set('team', event.target.value)}
          options={[
            { value: '', label: 'All teams' },
            ...(teams.data?.items ?? []).map((team) => ({ value: team.slug, label: team.name })),
          ]}
        />
      </FilterBar>
      {projects.error && projects.data === undefined ? (
        <ProblemNote error={projects.error} onRetry={() => void projects.refetch()} />
      ) : (
        <ProjectTable
          projects={projects.data?.items}
          empty={filters.any ? <NoneFound onClear={filters.clear} /> : <NoneYet action={newProject} />}
        />
      )}
      <ShowMore
        hasMore={projects.hasNextPage}
        pending={projects.isFetchingNextPage}
        onMore={() => void projects.fetchNextPage()}
      />
      <CreateProject create={create} team={filters.values.team} />
    </Page>
  );
}

/** Members of a team make projects for it, admins for any. */
function useMayCreate(): boolean {
  const { teams } = useUser();
  const member = useHasRole('member');
  return useHasRole('admin') || (member && teams.length > 0);
}

function NoneYet({ action }: { action: React.ReactNode }) {
  return (
    <EmptyState title="No project yet" action={action}>
      A project belongs to a team and has a DSN: the address that a Sentry SDK sends errors to. Many at once
      are better kept in a file, and applied under Settings, Configuration.
      {action === false && ' A member of a team, or an admin, can make one.'}
    </EmptyState>
  );
}

function NoneFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      title="No project is like that"
      action={<Button onClick={onClear}>Show all projects</Button>}
    />
  );
}
