import { Link, useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { ProjectDetail } from '../../../contract/projects.ts';
import { useApi } from '../../api/hooks.ts';
import { usePageStatus } from '../../app/pageStatus.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { useHasRole } from '../../app/session.ts';
import { useDialogAction } from '../../features/form/index.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Time } from '../../ui/Time.tsx';
import { DeleteProject } from './DeleteProject.tsx';
import { DsnSection } from './DsnSection.tsx';
import { EditProject } from './EditProject.tsx';
import { KeysSection } from './KeysSection.tsx';
import { ProjectSkeleton } from './ProjectSkeleton.tsx';
import styles from './project.module.css';
import { SdkSection } from './SdkSection.tsx';

/** One project: the DSN to send with, how to send, and its keys. */
export default function ProjectScreen({ params }: ScreenProps) {
  const { project: reference = '' } = params;
  const [, navigate] = useLocation();
  const project = useApi(api.showProject, { params: { project: reference } });
  const edit = useDialogAction(api.updateProject, (changed) => {
    if (changed.slug !== reference) navigate(paths.project(changed.slug), { replace: true });
  });
  const remove = useDialogAction(api.deleteProject, () => navigate(paths.projects(), { replace: true }));
  const administers = useHasRole('admin');
  const { data } = project;
  usePageStatus({ title: data?.name ?? reference });
  return (
    <Page
      title={data?.name ?? reference}
      above={<Link href={paths.projects()}>Projects</Link>}
      about={data && <About project={data} />}
      actions={
        data && (
          <>
            {data.may_change && <Button onClick={edit.show}>Edit</Button>}
            {administers && (
              <Button tone="danger" onClick={remove.show}>
                Delete
              </Button>
            )}
          </>
        )
      }
    >
      <Loaded
        query={edit.dialog.pending || remove.dialog.pending ? { ...project, error: null } : project}
        label="Loading the project"
        skeleton={<ProjectSkeleton />}
        elsewhere={<LinkButton to={paths.projects()}>All projects</LinkButton>}
      >
        {(shown) => (
          <>
            <DsnSection project={shown} />
            <SdkSection project={shown} />
            <KeysSection project={shown} />
            <EditProject project={shown} edit={edit} />
            <DeleteProject project={shown} remove={remove} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function About({ project }: { project: ProjectDetail }) {
  return (
    <p className={styles.facts}>
      <span>
        Team <Link href={paths.team(project.team)}>{project.team}</Link>
      </span>
      {project.platform !== null && <span>{project.platform}</span>}
      <span>Id {project.id}</span>
      <span>
        <code>{project.slug}</code>
      </span>
      <span>
        Created <Time at={project.created_at} />
      </span>
    </p>
  );
}
