import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { classes } from './classes.ts';
import { Icon, type IconName } from './Icon.tsx';

export interface BannerProps {
  /** `needs-you`: somebody must act, such as a lock. `bad`: it went wrong. `note`: good to know. */
  readonly tone?: 'needs-you' | 'bad' | 'good' | 'note';
  readonly icon?: IconName;
  readonly title: ReactNode;
  /** More about it: the reason, who, since when. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What cannot be missed, at the top of what it is about. */
export function Banner({ tone = 'note', icon, title, children, actions }: BannerProps) {
  return (
    <div className={classes(styles.banner, styles[tone])} data-tone={tone}>
      {icon && (
        <span className={styles.sign}>
          <Icon name={icon} />
        </span>
      )}
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        {children && <div className={styles.more}>{children}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
