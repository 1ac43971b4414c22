import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classes } from './classes.ts';

/** A word about the thing beside it: a role, a kind, a count. States are StateMarks. */
export function Badge({
  children,
  tone = 'plain',
}: {
  children: ReactNode;
  tone?: 'plain' | 'needs-you' | 'live';
}) {
  return <span className={classes(styles.badge, styles[tone])}>{children}</span>;
}
