import type { ReactNode } from 'react';
import styles from './Page.module.css';
import { useTitleFocus } from './titleFocus.ts';

export interface PageProps {
  readonly title: ReactNode;
  /** Small, above the title: where this page belongs, such as a link to its app. */
  readonly above?: ReactNode;
  /** Beside the title: what can be done here. */
  readonly actions?: ReactNode;
  /** Below the title, quiet: the facts of what the page is about. */
  readonly about?: ReactNode;
  /** As wide as the window, for what needs it. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A screen: its title, its actions and its content. The title has the focus after a change of screens. */
export function Page({ title, above, actions, about, wide = false, children }: PageProps) {
  const heading = useTitleFocus();
  return (
    <div className={wide ? styles.wide : styles.page}>
      <header className={styles.header}>
        <div className={styles.heading}>
          {above && <div className={styles.above}>{above}</div>}
          <h1 ref={heading} tabIndex={-1} data-page-title>
            {title}
          </h1>
          {about && <div className={styles.about}>{about}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with its heading. */
export function Section({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHeader}>
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
