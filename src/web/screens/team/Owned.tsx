import { Link } from 'wouter';
import type { TeamDetail } from '../../../contract/teams.ts';
import { paths } from '../../app/paths.ts';
import { Section } from '../../ui/Page.tsx';
import styles from './team.module.css';

/** What belongs to a team. */
export function Owned({ team }: { team: TeamDetail }) {
  return (
    <>
      <Section title="Apps">
        {team.apps.length === 0 ? (
          <p className={styles.quiet}>None. An app names its team in slipway.yml.</p>
        ) : (
          <ul className={styles.list}>
            {team.apps.map((app) => (
              <li key={app}>
                <Link href={paths.app(app)}>{app}</Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Projects">
        {team.projects.length === 0 ? (
          <p className={styles.quiet}>None.</p>
        ) : (
          <ul className={styles.list}>
            {team.projects.map((project) => (
              <li key={project.id}>
                <Link href={paths.project(project.slug)}>{project.name}</Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
