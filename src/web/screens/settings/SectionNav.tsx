import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import type { SettingsSection } from './sections.ts';
import styles from './settings.module.css';

/** The sections to choose from: a column, on a phone a line to push along. */
export function SectionNav({
  sections,
  current,
}: {
  sections: readonly SettingsSection[];
  current: SettingsSection;
}) {
  const here = useRef<HTMLLIElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'center' }), []);
  return (
    <nav aria-label="Settings" className={styles.nav}>
      <ul className={styles.sections}>
        {sections.map((section) => (
          <li key={section.id} {...(section === current ? { ref: here } : {})}>
            <Link
              href={paths.settings(section.id)}
              className={styles.section}
              aria-current={section === current ? 'page' : undefined}
            >
              {section.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
