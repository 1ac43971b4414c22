import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Project } from '../../../contract/projects.ts';
import { paths } from '../../app/paths.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import styles from './projects.module.css';

const columns: readonly Column<Project>[] = [
  {
    key: 'name',
    header: 'Project',
    rowHeader: true,
    narrow: 'line',
    cell: (project) => (
      <Link href={paths.project(project.slug)} className={styles.name}>
        {project.name}
      </Link>
    ),
  },
  {
    key: 'team',
    header: 'Team',
    cell: (project) => <Link href={paths.team(project.team)}>{project.team}</Link>,
  },
  {
    key: 'platform',
    header: 'Platform',
    cell: (project) => <span className={styles.quiet}>{project.platform}</span>,
  },
  {
    key: 'dsn',
    header: 'DSN',
    grow: true,
    narrow: 'line',
    cell: (project) =>
      project.dsn === null ? (
        <span className={styles.needsYou}>No key is accepted</span>
      ) : (
        <code className={styles.dsn}>{project.dsn}</code>
      ),
  },
  {
    key: 'copy',
    header: <span className="visually-hidden">Copy</span>,
    narrow: 'hide',
    cell: (project) =>
      project.dsn !== null && <CopyButton text={project.dsn} label={`Copy the DSN of ${project.name}`} />,
  },
];

/** Projects, each with the DSN to copy. */
export function ProjectTable({
  projects,
  empty,
}: {
  projects: readonly Project[] | undefined;
  empty?: ReactNode;
}) {
  return (
    <Table
      label="Projects"
      columns={columns}
      rows={projects}
      rowKey={(project) => project.id}
      empty={empty}
    />
  );
}
