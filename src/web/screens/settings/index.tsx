import { Suspense } from 'react';
import { useLocation } from 'wouter';
import { roles } from '../../../contract/endpoint.ts';
import { NotFound } from '../../app/NotFound.tsx';
import { usePageStatus } from '../../app/pageStatus.ts';
import { usePaletteActions } from '../../app/palette/actions.ts';
import { paths } from '../../app/paths.ts';
import type { ScreenProps } from '../../app/screen.ts';
import { useUser } from '../../app/session.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SectionNav } from './SectionNav.tsx';
import { type SettingsSection, sections } from './sections.ts';
import styles from './settings.module.css';

/** The settings: sections beside one another, of which the address says one. */
export default function SettingsScreen({ params }: ScreenProps) {
  const section = sections.find(({ id }) => id === (params.section ?? sections[0].id));
  return section === undefined ? <NotFound /> : <InSection section={section} />;
}

function InSection({ section }: { section: SettingsSection }) {
  usePageStatus({ title: section.label });
  const [, go] = useLocation();
  const { role } = useUser();
  const isOpen = ({ role: least }: SettingsSection) => roles.indexOf(role) >= roles.indexOf(least);
  const offered = sections.filter(isOpen);
  usePaletteActions(() =>
    offered
      .filter((other) => other !== section)
      .map(({ id, label }) => ({
        id: `settings-${id}`,
        label,
        group: 'Go to',
        hint: 'Settings',
        icon: 'settings',
        run: () => go(paths.settings(id)),
      })),
  );
  return (
    <Page title={section.label} above="Settings" about={section.about}>
      <div className={styles.layout}>
        <SectionNav sections={offered} current={section} />
        <div className={styles.content}>
          {isOpen(section) ? (
            <Suspense fallback={<Skeleton lines={6} width="40%" />}>
              <section.Screen />
            </Suspense>
          ) : (
            <EmptyState
              title={`This is for ${section.role}s`}
              action={<LinkButton to={paths.settings('account')}>Your account</LinkButton>}
            >
              Your role is {role}. An admin can change that under Users.
            </EmptyState>
          )}
        </div>
      </div>
    </Page>
  );
}
